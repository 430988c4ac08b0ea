-- leave: a worker closes: what it holds goes back, and a run of which nothing is left ends.
-- ARGV: epoch, owner, ms of silence after which a worker is gone, then name and JSON of what is yet to be counted.
-- Returns {standing, 1 if the run ended with this, other workers, then name and count of the whole run…}.
local epoch, owner, silence = ARGV[1], ARGV[2], tonumber(ARGV[3])
local state = standing(epoch)
if gone(state) then
  return { state, 0, 0 }
end
for i = 4, #ARGV, 2 do
  count(ARGV[i], ARGV[i + 1])
end
hand_back(owner, {})
redis.call('ZREM', WORKERS, owner)
redis.call('HDEL', FACTS, owner)
if redis.call('HGET', RUN, 'seeder') == owner then
  redis.call('HDEL', RUN, 'seeder')
end
local ended = (state == 'running' or state == 'paused') and finished()
if ended then
  state = 'ended'
  redis.call('HSET', RUN, 'state', state)
end
local others = redis.call('ZCOUNT', WORKERS, NOW - silence, '+inf')
if state == 'ended' and others == 0 then
  forget_seen(epoch, tonumber(redis.call('HGET', RUN, 'buckets')))
  redis.call('HSET', RUN, 'buckets', 1, 'seen', 0)
end
return { state, ended and 1 or 0, others, unpack(redis.call('HGETALL', COUNTS)) }
