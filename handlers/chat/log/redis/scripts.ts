import { script } from "../../../redis/redis.ts";

/**
 * What is done in one piece. The keys are those of one room: KEYS[1], a stream in which the nth entry has the id `n-0`; KEYS[2], a
 * hash of authors and refs to these numbers; KEYS[3], a hash of the room's `tag`, the number of its `last` entry, of the last one
 * that was `trimmed`, and the `time` of its last one.
 */

/**
 * Appends an entry, or finds the one of the same author and ref, and publishes the number of a new one. ARGV: author and ref, and
 * nick, ref and text, both as JSON; the time, a tag for a room that has none, the channel. Gives tag, number, and the entry's fields.
 */
export const APPEND = script(`
local known = redis.call("HGET", KEYS[2], ARGV[1])
if known then
  local found = redis.call("XRANGE", KEYS[1], known .. "-0", known .. "-0")
  return {redis.call("HGET", KEYS[3], "tag"), known, found[1][2]}
end
redis.call("HSETNX", KEYS[3], "tag", ARGV[4])
local time = redis.call("HGET", KEYS[3], "time")
if not time or tonumber(ARGV[3]) > tonumber(time) then time = ARGV[3] end
local number = string.format("%.0f", redis.call("HINCRBY", KEYS[3], "last", 1))
local fields = {"said", ARGV[2], "time", time, "author", ARGV[1]}
redis.call("XADD", KEYS[1], number .. "-0", unpack(fields))
redis.call("HSET", KEYS[2], ARGV[1], number)
redis.call("HSET", KEYS[3], "time", time)
redis.call("PUBLISH", ARGV[5], number)
return {redis.call("HGET", KEYS[3], "tag"), number, fields}
`);

/**
 * Reads entries. ARGV: "since" or "before", tag and number of an entry (empty for none), the limit. Gives the tag, whether there is a
 * gap, and the entries, oldest first.
 */
export const READ = script(`
local mode, tag, number, limit = unpack(ARGV)
local room = redis.call("HMGET", KEYS[3], "tag", "last", "trimmed")
local at = tonumber(number) or 0
local known = room[1] == tag and at >= 1 and at <= tonumber(room[2])
local function reversed(list)
  local result = {}
  for index = #list, 1, -1 do result[#result + 1] = list[index] end
  return result
end
if mode == "before" then
  if not known then return {room[1] or "", 1, {}} end
  local found = redis.call("XREVRANGE", KEYS[1], "(" .. number .. "-0", "-", "COUNT", limit)
  local gap = #found < math.min(tonumber(limit), at - 1)
  return {room[1], gap and 1 or 0, reversed(found)}
end
if known then
  local gap = at < tonumber(room[3] or "0")
  local found = redis.call("XRANGE", KEYS[1], "(" .. number .. "-0", "+", "COUNT", limit)
  return {room[1], gap and 1 or 0, found}
end
local found = redis.call("XREVRANGE", KEYS[1], "+", "-", "COUNT", limit)
return {room[1] or "", number ~= "" and 1 or 0, reversed(found)}
`);

/** Reads on: the oldest entries behind a number. ARGV: tag, number, limit. Gives the tag and the entries; of another tag, all there are. */
export const TAIL = script(`
local tag = redis.call("HGET", KEYS[3], "tag") or ""
local from = tag == ARGV[1] and "(" .. ARGV[2] .. "-0" or "-"
return {tag, redis.call("XRANGE", KEYS[1], from, "+", "COUNT", ARGV[3])}
`);

/**
 * Drops old entries. ARGV: how many are kept, from which time on, how many are dropped at most. Gives whether there may be more to
 * drop, and the time of the last entry that is left; an empty text if none is.
 */
export const TRIM = script(`
local surplus = redis.call("XLEN", KEYS[1]) - tonumber(ARGV[1])
local oldest = redis.call("XRANGE", KEYS[1], "-", "+", "COUNT", ARGV[3])
local dropped = 0
for index, entry in ipairs(oldest) do
  local fields = {}
  for at = 1, #entry[2], 2 do fields[entry[2][at]] = entry[2][at + 1] end
  if index > surplus and tonumber(fields.time) >= tonumber(ARGV[2]) then break end
  redis.call("XDEL", KEYS[1], entry[1])
  redis.call("HDEL", KEYS[2], fields.author)
  redis.call("HSET", KEYS[3], "trimmed", string.sub(entry[1], 1, -3))
  dropped = dropped + 1
end
local left = redis.call("XLEN", KEYS[1]) > 0
return {dropped == #oldest and dropped > 0 and 1 or 0, left and redis.call("HGET", KEYS[3], "time") or ""}
`);
