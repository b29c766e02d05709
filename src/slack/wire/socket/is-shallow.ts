/** Whether a JSON text nests no deeper than `limit`; reads it once, without parsing. */
export function isShallow(json: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > limit) return false;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return true;
}
