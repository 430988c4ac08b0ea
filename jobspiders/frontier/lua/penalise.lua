-- penalise: closes the board for all workers for a while; never shortens what another asked for.
-- ARGV: ms, reason.
-- Returns the ms that it is closed.
local closed = tonumber(redis.call('HGET', RATE, 'closed')) or 0
if NOW + ARGV[1] > closed then
  closed = NOW + ARGV[1]
  redis.call('HSET', RATE, 'closed', closed, 'reason', ARGV[2])
end
return closed - NOW
