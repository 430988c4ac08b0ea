-- claim: hands a worker requests to fetch, each under a lease and with the moment from which it may be sent.
-- ARGV: epoch, owner, how many at most, ms of a lease, redeliveries, 1 if this worker has seeds to send, 1 if it
--   holds a suspect, then the pace: declared interval, slowest interval, interval that the last latency asks for or -1,
--   ms that slots may be reserved ahead.
-- Returns {standing, seeds (`mine`, `theirs` or `done`), ms until asking again may help, ms that the board is closed,
--   ms between requests, pending, delayed, leased, done, failed, walls in a row, then for each request: ms to wait,
--   failures, entry}.
local epoch, owner, wanted, lease = ARGV[1], ARGV[2], math.min(tonumber(ARGV[3]), 500), tonumber(ARGV[4])
local redeliveries, has_seeds, suspect_held = tonumber(ARGV[5]), ARGV[6] == '1', ARGV[7] == '1'
local floor, ceiling, target, ahead = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local PATIENCE, BATCH, SUSPECT, LOOK = 1000, 200, 2, 1000

local state = standing(epoch)
if refused(state) then
  return { state }
end

-- Leases that ran out, and those that a clock set back would keep for hours.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '-inf', NOW, 'LIMIT', 0, BATCH)) do
  fail(id, 'lost by the worker that held it', redeliveries)
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', LEASES, NOW + 10 * lease + ahead, '+inf', 'LIMIT', 0, BATCH)) do
  redis.call('ZADD', LEASES, NOW + lease, id)
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', DELAYED, '-inf', NOW, 'LIMIT', 0, BATCH)) do
  redis.call('ZREM', DELAYED, id)
  give_back(id)
end

-- One worker sends the run's seeds; when it falls silent, the next one does.
local seeds = 'done'
local seeded, seeder, until_then = unpack(redis.call('HMGET', RUN, 'seeded', 'seeder', 'seeder_until'))
if seeded ~= '1' then
  local free = not seeder or seeder == owner or (tonumber(until_then) or 0) < NOW
  seeds = has_seeds and free and 'mine' or 'theirs'
  if seeds == 'mine' then
    redis.call('HSET', RUN, 'seeder', owner, 'seeder_until', NOW + lease)
  end
end

local interval, free, closed = pace(floor, ceiling, target)
local spacing, probing, shut = interval * MARGIN, is_probing(), math.max(closed - NOW, 0)
if state == 'paused' or closed > NOW then
  wanted = 0
elseif probing then
  wanted = math.min(wanted, 1)
elseif spacing > 0 then
  wanted = math.min(wanted, math.max(math.floor((NOW + ahead - free) / spacing) + 1, 0))
end

-- The first of those that were out before, each {id, score}. One that failed before may be what kills its workers: each
-- worker has one such at a time, so that it takes no others down with it.
local any_failed = wanted > 0 and redis.call('HLEN', FAILURES) > 0
local function returned()
  local found = {}
  local first = redis.call('ZRANGE', REQUESTS, 0, wanted - 1 + (any_failed and LOOK or 0), 'WITHSCORES')
  for i = 1, #first, 2 do
    local id = first[i]
    local suspect = any_failed and (tonumber(redis.call('HGET', FAILURES, id)) or 0) >= SUSPECT
    if not (suspect and suspect_held) then
      found[#found + 1] = { id, tonumber(first[i + 1]) }
      suspect_held = suspect_held or suspect
    end
    if #found == wanted then
      break
    end
  end
  return found
end

-- Takes the first requests from those that wait, fresh or returned: their ids, and entries by id. Nothing when some of
-- them are gone: this Redis throws away what it should keep (`maxmemory-policy`).
local function take()
  local ids, entries, back, fresh = {}, {}, {}, {}
  local waiting = wanted > 0 and returned() or {}
  while #ids < wanted do
    local candidate = waiting[#back + 1]
    local place, score = unpack(redis.call('ZRANGE', FRESH, 0, 0, 'WITHSCORES'))
    if not candidate and not place then
      if (tonumber(redis.call('HGET', RUN, 'fresh')) or 0) > #fresh / 2 then
        return nil
      end
      break
    end
    score = tonumber(score)
    local list = place and list_of(epoch, place)
    local tie = candidate and candidate[2] == score
    local head = tie and redis.call('LINDEX', list, 0) or ''
    if candidate and (not place or candidate[2] < score or candidate[1] < head) then
      back[#back + 1] = candidate[1]
      ids[#ids + 1] = candidate[1]
    else
      local first = redis.call('LPOP', list, tie and 1 or wanted - #ids)
      if not first then
        return nil
      end
      for _, entry in ipairs(first) do
        local id = string.match(entry, '^%d+')
        fresh[#fresh + 1] = id
        fresh[#fresh + 1] = entry
        ids[#ids + 1] = id
        entries[id] = entry
      end
      if redis.call('LLEN', list) == 0 then
        redis.call('ZREM', FRESH, place)
      end
    end
  end
  if #back > 0 then
    redis.call('ZREM', REQUESTS, unpack(back))
    for i, entry in ipairs(redis.call('HMGET', ENTRIES, unpack(back))) do
      if not entry then
        return nil
      end
      entries[back[i]] = entry
    end
  end
  if #fresh > 0 then
    redis.call('HSET', ENTRIES, unpack(fresh))
    count_fresh(-#fresh / 2)
  end
  return ids, entries
end

local given, leases, owners = {}, {}, {}
local ids, entries = take()
if not ids then
  redis.call('HSET', RUN, 'state', 'lost')
  return { 'lost' }
end
if #ids > 0 then
  local failures = any_failed and redis.call('HMGET', FAILURES, unpack(ids)) or {}
  for i, id in ipairs(ids) do
    local release = math.max(free, NOW)
    free = release + spacing
    leases[2 * i - 1], leases[2 * i] = math.ceil(release) + lease, id
    owners[2 * i - 1], owners[2 * i] = id, owner
    given[3 * i - 2] = math.ceil(release - NOW)
    given[3 * i - 1], given[3 * i] = tonumber(failures[i]) or 0, entries[id]
  end
  redis.call('ZADD', LEASES, unpack(leases))
  redis.call('HSET', OWNERS, unpack(owners))
end
if #ids > 0 and probing then
  closed = probe()
end
if #ids > 0 or target >= 0 then
  note(floor, interval, free, #ids)
end

local again = PATIENCE
local waits = pending()
if closed > NOW then
  again = closed - NOW
elseif state ~= 'paused' and waits > 0 then
  again = spacing > 0 and free - ahead - NOW or 0
else
  local due = redis.call('ZRANGE', DELAYED, 0, 0, 'WITHSCORES')[2]
  again = due and due - NOW or PATIENCE
end

local counts = redis.call('HMGET', RUN, 'done', 'failed')
return {
  state, seeds, math.ceil(math.min(math.max(again, 0), PATIENCE)), shut, math.ceil(interval),
  waits, redis.call('ZCARD', DELAYED), redis.call('ZCARD', LEASES), tonumber(counts[1]) or 0,
  tonumber(counts[2]) or 0, tonumber(redis.call('HGET', RATE, 'walls')) or 0, unpack(given),
}
