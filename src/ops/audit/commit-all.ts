import { redisScript } from '../redis-script.js';

/**
 * Writes documents, their indexes and the audit record of it all, or nothing.
 *
 * KEYS: audit stream, audit head, one hash per document, one sorted set per index.
 * ARGV: head expected, seq, algorithm, nonce, hash, entry ('' = no record), revision to write, number of documents;
 *       per document: revision expected ('' = absent), value, seconds to live (0 = for ever), seal ('' = none);
 *       per index: 'add' or 'remove', score, member.
 *
 * A client sends a script again when the reply to it was lost; the new revision then stands already: `done`. That holds
 * only because no two commits ever have the same hash or revision: the nonce sees to it.
 */
export const commitAll = redisScript(`
local head = redis.call('HGET', KEYS[2], 'hash') or ''
local seq, algorithm, nonce, hash, entry = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local revision, documents = ARGV[7], tonumber(ARGV[8])

if entry ~= '' and head == hash then return {'done'} end
for i = 1, documents do
  local stored = redis.call('HGET', KEYS[2 + i], 'rev') or ''
  if stored == revision then return {'done'} end
  if stored ~= ARGV[5 + 4 * i] then return {'moved'} end
end

if entry ~= '' then
  if head ~= ARGV[1] then return {'behind', head, redis.call('HGET', KEYS[2], 'seq') or '0'} end
  redis.call('XADD', KEYS[1], '*', 'seq', seq, 'prev', head, 'algorithm', algorithm, 'nonce', nonce, 'hash', hash, 'entry', entry)
  redis.call('HSET', KEYS[2], 'hash', hash, 'seq', seq)
end

for i = 1, documents do
  local key, live = KEYS[2 + i], tonumber(ARGV[7 + 4 * i])
  redis.call('HSET', key, 'rev', revision, 'value', ARGV[6 + 4 * i], 'seal', ARGV[8 + 4 * i])
  if live > 0 then redis.call('EXPIRE', key, live) else redis.call('PERSIST', key) end
end

local at = 8 + 4 * documents
for i = 3 + documents, #KEYS do
  if ARGV[at + 1] == 'add' then redis.call('ZADD', KEYS[i], ARGV[at + 2], ARGV[at + 3])
  else redis.call('ZREM', KEYS[i], ARGV[at + 3]) end
  at = at + 3
end
return {'done'}
`);
