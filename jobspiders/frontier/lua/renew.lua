-- renew: a worker's heartbeat: it is alive, and goes on with what it holds.
-- ARGV: epoch, owner, ms of a lease, ms that keys live, ms of silence after which a worker is gone, the worker's facts
--   (JSON), then the ids it holds.
-- Returns {standing, ids that it holds no longer…}.
local epoch, owner, lease, lifetime, silence, facts = unpack(ARGV, 1, 6)
local state = standing(epoch)
if refused(state) then
  return { state }
end
local answer = { state }
for i = 7, #ARGV do
  local id = ARGV[i]
  if redis.call('HGET', OWNERS, id) == owner then
    redis.call('ZADD', LEASES, 'XX', 'GT', NOW + lease, id)
  else
    answer[#answer + 1] = id
  end
end
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', WORKERS, '-inf', NOW - silence)) do
  redis.call('ZREM', WORKERS, gone)
  redis.call('HDEL', FACTS, gone)
end
redis.call('ZADD', WORKERS, NOW, owner)
redis.call('HSET', FACTS, owner, facts)
for _, key in ipairs(KEYS) do
  if key ~= START_URLS and key ~= REQUEUED and key ~= SEEN then
    redis.call('PEXPIRE', key, lifetime)
  end
end
for _, place in ipairs(redis.call('ZRANGE', FRESH, 0, -1)) do
  redis.call('PEXPIRE', list_of(epoch, place), lifetime)
end
return answer
