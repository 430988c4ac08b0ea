-- steer: pauses, resumes, cancels, gives up or flushes the run that is going on.
-- ARGV: paused, running, cancelled, blocked or flushed.
-- Returns the run's id, or nothing when no run is going on. What is queued is lost with cancelled, blocked and
--   flushed; a flushed run goes on, and has seen nothing.
local word = ARGV[1]
local id, state, epoch, buckets = unpack(redis.call('HMGET', RUN, 'id', 'state', 'epoch', 'buckets'))
if state ~= 'running' and state ~= 'paused' then
  return false
end
if word ~= 'paused' and word ~= 'running' then
  forget_requests(epoch)
  forget_seen(epoch, tonumber(buckets))
  redis.call('HSET', RUN, 'buckets', 1, 'seen', 0)
end
if word ~= 'flushed' then
  redis.call('HSET', RUN, 'state', word)
end
return id
