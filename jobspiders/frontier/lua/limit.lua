-- limit: reserves the next slot of the board's rate for a request that does not come from the queue.
-- ARGV: the pace: declared interval, slowest interval; ms that a slot may be reserved ahead.
-- Returns {1, ms to wait} for a slot, or {0, ms after which to ask again}.
local floor, ceiling, ahead = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local interval, free, closed = pace(floor, ceiling, -1)
free = math.max(free, closed)
if free > NOW + ahead then
  return { 0, math.ceil(free - ahead - NOW) }
end
if is_probing() then
  if closed > NOW then
    return { 0, math.ceil(closed - NOW) }
  end
  probe()
end
note(floor, interval, free + interval * MARGIN, 1)
return { 1, math.ceil(free - NOW) }
