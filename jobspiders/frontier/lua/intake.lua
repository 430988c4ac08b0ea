-- intake: moves what was pushed from outside into the run, so that a message is never only in a worker's hands.
-- ARGV: epoch, how many at most, ms that keys live.
-- Returns how many were moved. `start_urls` may be a list, a set or a sorted set, as scrapy-redis has it.
local epoch, most, lifetime = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local state = standing(epoch)
if refused(state) or state == 'paused' then
  return 0
end

local take = {
  list = function()
    return redis.call('LPOP', START_URLS, most)
  end,
  set = function()
    return redis.call('SPOP', START_URLS, most)
  end,
  zset = function()
    local members = {}
    for i, member in ipairs(redis.call('ZPOPMAX', START_URLS, most)) do
      if i % 2 == 1 then
        members[#members + 1] = member
      end
    end
    return members
  end,
}

local moved = 0
local function take_in(body)
  local id = string.format('%012.0f', redis.call('HINCRBY', RUN, 'sequence', 1))
  count_fresh(add(id, body, epoch, lifetime))
  moved = moved + 1
end

local pushed = take[redis.call('TYPE', START_URLS).ok]
for _, message in ipairs(pushed and pushed() or {}) do
  take_in('start ' .. message)
end
for _, body in ipairs(redis.call('LPOP', REQUEUED, most) or {}) do
  take_in(body)
end
if moved > 0 and state == 'ended' then
  redis.call('HSET', RUN, 'state', 'running')
end
return moved
