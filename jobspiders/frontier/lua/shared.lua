-- What every script begins with: the keys by name, the clock, and the steps that several of them take.
-- KEYS: those of one board, in the order of keys.NAMES.
local RUN, REQUESTS, DELAYED, LEASES, ENTRIES, OWNERS, FAILURES, DEAD, COMMITS, COUNTS, WORKERS, FACTS, RATE,
  START_URLS, REQUEUED, SEEN, FRESH = unpack(KEYS)

local DEAD_AT_MOST = 10000
local LISTS_AT_MOST = 100
local MARGIN = 1.04 -- slower than promised by so much: one request that is late makes no eleven in ten intervals

-- Milliseconds by the server's clock, the only one that all workers share.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local NOW = clock()

-- How a worker that joined at `epoch` stands: the run's state (running, paused, cancelled, blocked, ended), `over` when the
-- next run has begun, `lost` when Redis has forgotten the run, or a part of it.
local function standing(epoch)
  local current, state, before = unpack(redis.call('HMGET', RUN, 'epoch', 'state', 'before'))
  if current == epoch then
    return state
  end
  return before == epoch and 'over' or 'lost'
end

local function gone(state)
  return state == 'over' or state == 'lost'
end

local function refused(state)
  return gone(state) or state == 'cancelled' or state == 'blocked'
end

-- A request's entry is "<id> <body>", one word for one copy: texts are most of what a claim costs.
-- Its place: priority first, then in the order of ids, which is that of arrival.
local function priority(entry)
  return tonumber(string.match(entry, '^%d+ (-?%d+) ')) or 0
end

-- Requests that no worker has had yet wait in lists, one for each priority, with all they have: to take them from the
-- front costs the same however many there are. Those of yet another priority than the first 100 wait where all others do.
local function list_of(epoch, place)
  return FRESH .. ':' .. epoch .. ':' .. place
end

-- Adds a new request. 1 if it is in a list, which is to be counted; else 0.
local function add(id, body, epoch, lifetime)
  local place = string.match(body, '^(-?%d+) ') or '0'
  local list, entry = list_of(epoch, place), id .. ' ' .. body
  if redis.call('RPUSHX', list, entry) > 0 then
    return 1
  end
  if redis.call('ZCARD', FRESH) >= LISTS_AT_MOST then
    redis.call('HSET', ENTRIES, id, entry)
    redis.call('ZADD', REQUESTS, -tonumber(place), id)
    return 0
  end
  redis.call('RPUSH', list, entry)
  redis.call('PEXPIRE', list, lifetime)
  redis.call('ZADD', FRESH, -tonumber(place), place)
  return 1
end

local function count_fresh(more)
  redis.call('HINCRBY', RUN, 'fresh', more)
end

-- Forgets all that waits, is held, or was held.
local function forget_requests(epoch)
  for _, place in ipairs(redis.call('ZRANGE', FRESH, 0, -1)) do
    redis.call('UNLINK', list_of(epoch, place))
  end
  redis.call('UNLINK', REQUESTS, DELAYED, LEASES, ENTRIES, OWNERS, FAILURES, FRESH)
  redis.call('HDEL', RUN, 'fresh')
end

local function unlease(id)
  redis.call('ZREM', LEASES, id)
  redis.call('HDEL', OWNERS, id)
end

local function give_back(id)
  unlease(id)
  local entry = redis.call('HGET', ENTRIES, id)
  if entry then
    redis.call('ZADD', REQUESTS, -priority(entry), id)
  end
end

-- Makes a request that is leased a dead letter.
local function bury(id, reason)
  unlease(id)
  local entry = redis.call('HGET', ENTRIES, id)
  if not entry then
    return
  end
  local failures = tonumber(redis.call('HGET', FAILURES, id)) or 0
  redis.call('HDEL', ENTRIES, id)
  redis.call('HDEL', FAILURES, id)
  redis.call('HINCRBY', RUN, 'failed', 1)
  if redis.call('HLEN', DEAD) < DEAD_AT_MOST then
    local run = redis.call('HGET', RUN, 'id')
    local body = string.match(entry, ' (.*)')
    local letter = { run = run, request = body, reason = reason, failures = failures, at = NOW }
    redis.call('HSET', DEAD, run .. '/' .. id, cjson.encode(letter))
  end
end

-- Counts a failure of a leased request: it comes back `redeliveries` times, then it is a dead letter.
local function fail(id, reason, redeliveries)
  if redis.call('HINCRBY', FAILURES, id, 1) > redeliveries then
    bury(id, reason)
  else
    give_back(id)
  end
end

-- Gives back, at no fault of theirs, what `owner` holds apart from the ids that are keys of `keep`.
local function hand_back(owner, keep)
  local owners, count = redis.call('HGETALL', OWNERS), 0
  for i = 1, #owners, 2 do
    if owners[i + 1] == owner and not keep[owners[i]] then
      give_back(owners[i])
      count = count + 1
    end
  end
  return count
end

-- Adds to one of Scrapy's statistics of all workers, as JSON: numbers are summed up, of words the last are kept.
local function count(name, json)
  redis.call(tonumber(json) and 'HINCRBY' or 'HSET', COUNTS, name, json)
end

local function pending()
  return redis.call('ZCARD', REQUESTS) + (tonumber(redis.call('HGET', RUN, 'fresh')) or 0)
end

local function remaining()
  return pending() + redis.call('ZCARD', DELAYED) + redis.call('ZCARD', LEASES)
end

-- Nothing is left of the run, and nothing can come any more.
local function finished()
  return redis.call('HGET', RUN, 'seeded') == '1' and remaining() == 0
end

-- The board's pace: ms between two requests, the moment of the next free slot, the moment until which it is closed.
-- `floor` is the declared interval. `target` is the interval that the last latency asks for (-1: nothing to say):
-- Scrapy's AutoThrottle, for all workers together, between `floor` and `ceiling`.
local function pace(floor, ceiling, target)
  local interval, free, closed = unpack(redis.call('HMGET', RATE, 'interval', 'free', 'closed'))
  interval = tonumber(interval) or floor
  if target >= 0 then
    interval = math.max(target, (interval + target) / 2)
  end
  interval = math.max(math.min(interval, ceiling), floor)
  free = tonumber(free) or 0
  if free < NOW or free > NOW + 60000 + 2 * interval * MARGIN then -- further ahead is of a clock that was set back
    free = NOW
  end
  return interval, free, tonumber(closed) or 0
end

-- True after walls, see `breaker.lua`: when the board is open again, one request at a time goes to see if it answers.
local function is_probing()
  return (tonumber(redis.call('HGET', RATE, 'opened')) or 0) > 0
end

-- One goes now, and nothing else until it should be answered. The moment until which the board is closed.
local function probe()
  local closed = NOW + 5000
  redis.call('HSET', RATE, 'closed', closed)
  return closed
end

-- Notes the pace, and `count` requests for the observed rate: those of this minute and of the one before.
local function note(floor, interval, free, count)
  local minute = math.floor(NOW / 60000)
  local known, sent, before = unpack(redis.call('HMGET', RATE, 'minute', 'sent', 'before'))
  known, sent, before = tonumber(known) or 0, tonumber(sent) or 0, tonumber(before) or 0
  if known ~= minute then
    sent, before = 0, known == minute - 1 and sent or 0
  end
  redis.call('HSET', RATE, 'floor', floor, 'interval', interval, 'free', free, 'minute', minute, 'sent', sent + count,
    'before', before)
end

-- Forgets the URLs that were seen; so many buckets that it would keep others waiting are left to their expiry.
local function forget_seen(epoch, buckets)
  local names = {}
  for i = 0, math.min(buckets, 50000) - 1 do
    names[#names + 1] = SEEN .. ':' .. epoch .. ':' .. i
    if #names == 1000 or i == buckets - 1 then
      redis.call('UNLINK', unpack(names))
      names = {}
    end
  end
end
