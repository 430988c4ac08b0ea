-- settle: after a lost reply, gives back what Redis thinks that a worker holds and the worker does not know of.
-- ARGV: epoch, owner, then the ids that the worker knows it holds.
-- Returns how many were given back.
local keep = {}
for i = 3, #ARGV do
  keep[ARGV[i]] = true
end
if refused(standing(ARGV[1])) then
  return 0
end
return hand_back(ARGV[2], keep)
