/**
 * The sums of operations/cost-bucket.ts, done by Redis in one step. KEYS: the buckets. ARGV: what is taken, in thousandths
 * (below zero: given); 1 when it has to be there, 0 when it is taken in any case; then max (thousandths) and the restore rate
 * of each bucket. It answers with 1 or 0 and the levels.
 *
 * `now` is the Lua expression of the time in milliseconds. Redis' own clock is the only one that all processes share.
 */
export function bucketScript(now = redisTime): string {
  return `
local now = ${now}
local taken, isCareful = tonumber(ARGV[1]), ARGV[2] == "1"
local levels, times, isTaken = {}, {}, 1
for i, key in ipairs(KEYS) do
  local max, rate = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
  local known = redis.call("HMGET", key, "level", "at")
  levels[i], times[i] = max, now
  if known[1] then
    local at = tonumber(known[2])
    levels[i] = math.max(0, math.min(max, tonumber(known[1]) + math.max(0, now - at) * rate))
    times[i] = math.max(now, at)
  end
  if isCareful and levels[i] < taken then isTaken = 0 end
end
for i, key in ipairs(KEYS) do
  if isTaken == 1 then
    local max, rate = tonumber(ARGV[1 + 2 * i]), tonumber(ARGV[2 + 2 * i])
    levels[i] = math.max(0, math.min(max, levels[i] - taken))
    redis.call("HSET", key, "level", string.format("%.0f", levels[i]), "at", string.format("%.0f", times[i]))
    -- A full bucket is as good as none.
    redis.call("PEXPIRE", key, math.ceil((max - levels[i]) / rate) + 1000)
  end
  levels[i] = string.format("%.0f", levels[i])
end
return { isTaken, unpack(levels) }
`;
}

const redisTime = `(function()
  local time = redis.call("TIME")
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end)()`;
