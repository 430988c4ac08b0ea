-- breaker: counts the walls that a board shows to all its workers in a row, and closes the board after enough of them.
-- ARGV: good (an answer came, all is well) or wall, ms since the request was sent; with wall also the number of walls
--   that opens the breaker, ms of the first pause, reason. Each pause is twice as long as the one before.
-- Returns how often it was opened since the last good answer.
local word, age = ARGV[1], tonumber(ARGV[2])
local opened, opened_at = unpack(redis.call('HMGET', RATE, 'opened', 'opened_at'))
opened = tonumber(opened) or 0
if opened > 0 and NOW - age < tonumber(opened_at) then -- the request was on its way already
  return opened
end
if word == 'good' then
  redis.call('HDEL', RATE, 'walls', 'opened', 'opened_at')
  if opened > 0 then
    redis.call('HDEL', RATE, 'closed', 'reason')
  end
  return 0
end
local walls, pause, reason = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
if redis.call('HINCRBY', RATE, 'walls', 1) >= walls or opened > 0 then
  local closed = math.max(tonumber(redis.call('HGET', RATE, 'closed')) or 0, NOW + pause * 2 ^ opened)
  opened = opened + 1
  redis.call('HSET', RATE, 'opened', opened, 'opened_at', NOW, 'closed', string.format('%.0f', closed), 'reason', reason)
end
return opened
