-- requeue: lets dead letters have another try, in the run that is going on or the next.
-- ARGV: field of the letter, its request as it shall be tried, for each.
-- Returns how many there were.
local count = 0
for i = 1, #ARGV, 2 do
  if redis.call('HDEL', DEAD, ARGV[i]) == 1 then
    redis.call('RPUSH', REQUEUED, ARGV[i + 1])
    count = count + 1
  end
end
return count
