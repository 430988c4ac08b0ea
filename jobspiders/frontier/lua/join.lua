-- join: a worker joins the board's run, or begins one where none is going on.
-- ARGV: run id, epoch (used if a run begins), arguments of the search (JSON), 1 if this worker has seeds to send.
-- Returns {verdict, run id, epoch, arguments}; the verdict is `begun`, `joined`, `other` (a run of another search is
--   going on), `over` (the run of that id has ended) or `foreign` (the queue is of another program).
local id, epoch, arguments, seeds = unpack(ARGV)
local run = redis.call('HMGET', RUN, 'id', 'epoch', 'arguments', 'state', 'buckets')
local state = run[4]
local active = state == 'running' or state == 'paused'
if active and not finished() then
  return { run[3] == arguments and 'joined' or 'other', run[1], run[2], run[3] }
end
if run[1] == id then
  return { 'over', run[1], run[2], run[3] }
end
-- scrapy-redis keeps its queue under the same name: it is not ours to delete.
local kind = redis.call('TYPE', REQUESTS).ok
local first = kind == 'zset' and redis.call('ZRANGE', REQUESTS, 0, 0)[1]
if kind ~= 'none' and not (first and string.match(first, '^%d+$')) then
  return { 'foreign', '', '', '{}' }
end
if run[2] then
  forget_seen(run[2], tonumber(run[5]) or 0)
end
forget_requests(run[2] or '')
redis.call('UNLINK', RUN, COMMITS, COUNTS, WORKERS, FACTS)
redis.call('HDEL', RATE, 'walls', 'opened', 'opened_at')
redis.call('HSET', RUN, 'id', id, 'epoch', epoch, 'before', run[2] or '', 'arguments', arguments, 'state', 'running',
  'started', NOW, 'seeded', seeds == '1' and 0 or 1, 'buckets', 1)
return { 'begun', id, epoch, arguments }
