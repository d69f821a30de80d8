import { script } from "../../redis/redis.ts";

/**
 * What is done in one piece. The keys are those of one group: KEYS[1], a hash of name to record, and KEYS[2], a hash of how many
 * there are that are not kept (`size`) and of how many changes there were (`number`). Each change is published with its number
 * by the script that makes it, so that all followers hear one order, and notice what they miss:
 * `NUMBER\nentered\nRECORD\nOLD RECORD` or `NUMBER\nleft\nRECORD`.
 */

const CHANGE = `
local function change(group, by, lifetime, kind, record, old)
  local size = redis.call("HINCRBY", KEYS[2], "size", by)
  local number = redis.call("HINCRBY", KEYS[2], "number", 1)
  redis.call("PEXPIRE", KEYS[1], lifetime)
  redis.call("PEXPIRE", KEYS[2], lifetime)
  redis.call("PUBLISH", group, number .. "\\n" .. kind .. "\\n" .. record .. "\\n" .. old)
  return size
end
`;

/**
 * Enters a name. ARGV: its channel, what the channels of processes begin with, for how many milliseconds it is remembered, the name,
 * the record, its id, the secret, the limit, the id of a holder that is dead, and whether it has to be absent. Gives `entered`,
 * `full`, or the record of who holds it.
 */
export const ENTER = script(`${CHANGE}
local group, processes, lifetime, name, record, id, secret, limit, dead, absent = unpack(ARGV)
local new = cjson.decode(record)
local text = redis.call("HGET", KEYS[1], name)
local old = text and cjson.decode(text)
if old then
  if old.id == id then return "entered" end
  local free = not old.process or not new.process or old.id == dead or (secret ~= "" and old.secret == secret)
  if absent == "1" or not free then return text end
elseif limit ~= "" and tonumber(redis.call("HGET", KEYS[2], "size") or 0) >= tonumber(limit) then
  return "full"
end
redis.call("HSET", KEYS[1], name, record)
local by = (new.process and 1 or 0) - (old and old.process and 1 or 0)
change(group, by, lifetime, "entered", record, text or "")
if old and old.process then redis.call("PUBLISH", processes .. old.process, text) end
return "entered"
`);

/** Gives a name back, if that is its id. ARGV: its channel, for how long it is remembered, the name, the id. */
export const LEAVE = script(`${CHANGE}
local group, lifetime, name, id = unpack(ARGV)
local text = redis.call("HGET", KEYS[1], name)
local old = text and cjson.decode(text)
if not old or old.id ~= id then return 0 end
redis.call("HDEL", KEYS[1], name)
change(group, old.process and -1 or 0, lifetime, "left", text, "")
return 1
`);

/** Gives the number of the last change, and all records. */
export const READ = script(`
local records = redis.call("HVALS", KEYS[1])
table.insert(records, 1, redis.call("HGET", KEYS[2], "number") or "0")
return records
`);
