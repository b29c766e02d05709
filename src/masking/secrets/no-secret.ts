const PLACEHOLDER =
  /^(?:<[^<>]{0,200}>|&lt;.{0,200}|\$[A-Za-z_]\w{0,100}|\$\{.{0,200}\}|\$\(.{0,200}\)|\{\{.{0,200}|%[svqd]|[*.…xX•]{1,64}|\d{1,10} bytes)$/;
const NOTHING = /^(?:null|true|false|none|nil|undefined|yes|no|~|-)$/i;
const PATH = /^(?:\/[a-z0-9._-]{1,64}){1,20}\/?$/;
const SENTENCE =
  /^(?:null|true|false|none|nil|not|is|was|are|must|has|have|missing|required|invalid|expired|empty|unset|unknown|denied|failed|cannot|could|unable|no|the|a|an|this|by|for|from|in|of|or|and)(?=$|[\s,.;:)])/i;

/** What stands beside a secret's name and is none: nothing, a variable, a placeholder, a file's path. */
export const isNoSecret = (value: string): boolean =>
  value === '' ||
  !/[\p{L}\p{N}]/u.test(value) ||
  PLACEHOLDER.test(value) ||
  NOTHING.test(value) ||
  PATH.test(value);

/** "token: is invalid" goes on as a sentence. */
export const goesOnAsSentence = (value: string): boolean => SENTENCE.test(value);

/** Words are not: `Basic Information`, `auth: enabled`. */
export const looksRandom = (value: string): boolean =>
  value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || /[a-z][A-Z]/.test(value));
