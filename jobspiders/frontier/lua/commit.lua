-- commit: takes over what a worker did since its last commit, in the order in which it did it.
-- ARGV: epoch, owner, number of the commit, redeliveries, ms that keys live, then the steps, each with its
--   words: push MEMBER DELAY BODY (MEMBER '' is not looked up among the seen; DELAY in ms) | ack ID | nack ID REASON |
--   release ID | bury ID REASON | seeded | count NAME JSON
-- Returns {standing, requests pushed, requests that had been seen}. A number that was done before does nothing; a run
--   that was cancelled takes no requests any more, but counts.
local epoch, owner, number = ARGV[1], ARGV[2], tonumber(ARGV[3])
local redeliveries, lifetime = tonumber(ARGV[4]), ARGV[5]

local state = standing(epoch)
if gone(state) or (tonumber(redis.call('HGET', COMMITS, owner)) or 0) >= number then
  return { state, 0, 0 }
end
redis.call('HSET', COMMITS, owner, number)

local run = redis.call('HMGET', RUN, 'sequence', 'buckets', 'seen', 'id')
local sequence, buckets, seen = tonumber(run[1]) or 0, tonumber(run[2]), tonumber(run[3]) or 0
local pushed, filtered, fresh, done = 0, 0, 0, 0

-- The seen-set: intsets of 64-bit integers, split one by one as they fill (linear hashing), so that each stays below
-- set-max-intset-entries (512): 220 to 440 members, about 10 bytes each.
local PER_BUCKET = 220
local size = 1 -- the greatest power of two that is not above the number of buckets
while size * 2 <= buckets do
  size = size * 2
end

local function place(member, modulus)
  return tonumber(string.sub(member, -9)) % modulus
end

local function bucket(number_of_it)
  return SEEN .. ':' .. epoch .. ':' .. number_of_it
end

local function split()
  local from, to, moved = bucket(buckets - size), bucket(buckets), {}
  for _, member in ipairs(redis.call('SMEMBERS', from)) do
    if place(member, size * 2) == buckets then
      moved[#moved + 1] = member
    end
  end
  if #moved > 0 then
    redis.call('SREM', from, unpack(moved))
    redis.call('SADD', to, unpack(moved))
    redis.call('PEXPIRE', to, lifetime)
  end
  buckets = buckets + 1
  if buckets == size * 2 then
    size = buckets
  end
end

local function is_new(member)
  local at = place(member, size * 2)
  if at >= buckets then
    at = at - size
  end
  if redis.call('SADD', bucket(at), member) == 0 then
    return false
  end
  seen = seen + 1
  if seen == 1 then
    redis.call('PEXPIRE', bucket(0), lifetime)
  end
  if seen > buckets * PER_BUCKET then
    split()
  end
  return true
end

local step = {}

function step.push(member, delay, body)
  if refused(state) then
    return 4
  end
  if member ~= '' and not is_new(member) then
    filtered = filtered + 1
    return 4
  end
  sequence = sequence + 1
  pushed = pushed + 1
  local id = string.format('%012.0f', sequence)
  if delay == '0' then
    fresh = fresh + add(id, body, epoch, lifetime)
  else
    redis.call('HSET', ENTRIES, id, id .. ' ' .. body)
    redis.call('ZADD', DELAYED, NOW + delay, id)
  end
  return 4
end

-- Done is done, whoever holds the lease by now, and even if the request was given up on.
function step.ack(id)
  if redis.call('HDEL', ENTRIES, id) == 1 then
    if redis.call('ZREM', LEASES, id) == 0 then
      redis.call('ZREM', REQUESTS, id)
      redis.call('ZREM', DELAYED, id)
    end
    redis.call('HDEL', OWNERS, id)
    redis.call('HDEL', FAILURES, id)
    done = done + 1
  elseif redis.call('HDEL', DEAD, run[4] .. '/' .. id) == 1 then
    redis.call('HINCRBY', RUN, 'failed', -1)
    done = done + 1
  end
  return 2
end

-- The others count only from the worker that holds the lease.
local function owned(id)
  return redis.call('HGET', OWNERS, id) == owner
end

function step.nack(id, reason)
  if owned(id) then
    fail(id, reason, redeliveries)
  end
  return 3
end

function step.release(id)
  if owned(id) then
    give_back(id)
  end
  return 2
end

function step.bury(id, reason)
  if owned(id) then
    bury(id, reason)
  end
  return 3
end

function step.seeded()
  redis.call('HSET', RUN, 'seeded', 1)
  return 1
end

function step.count(name, json)
  count(name, json)
  return 3
end

local i = 6
while i <= #ARGV do
  i = i + step[ARGV[i]](ARGV[i + 1], ARGV[i + 2], ARGV[i + 3])
end

redis.call('HSET', RUN, 'sequence', sequence, 'buckets', buckets, 'seen', seen)
redis.call('HINCRBY', RUN, 'done', done)
if fresh > 0 then
  count_fresh(fresh)
end
if pushed > 0 and state == 'ended' then
  redis.call('HSET', RUN, 'state', 'running')
  state = 'running'
end
return { state, pushed, filtered }
