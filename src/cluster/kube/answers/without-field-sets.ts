const START = '"fieldsV1":{';
/** What follows the set: the end of its managedFields entry, or the one field that may come after it. */
const END = /\}(?=\},\{"manager":|\}\]|,"subresource":)/g;

/**
 * JSON text of objects without what stands in `managedFields[].fieldsV1`: a third of every object, of no use here, and
 * costly, as V8 makes a shape of its own for every key with an address in it. Where the end of a set is not found, or
 * found too early (a key would have to hold it), the text does not parse any more: parse the original then.
 */
export function withoutFieldSets(text: string): string {
  let lean = '';
  let kept = 0;
  for (let at = text.indexOf(START); at >= 0; at = text.indexOf(START, kept)) {
    END.lastIndex = at + START.length - 1;
    const end = END.exec(text);
    if (end === null) break;
    lean += text.slice(kept, at + START.length);
    kept = end.index;
  }
  return kept === 0 ? text : lean + text.slice(kept);
}
