/** No real configuration comes near these; beyond them the YAML parser can exhaust the stack and end the whole process. */
const LONGEST = 32_768;
const DEEPEST = 40;
const WIDEST_INDENT = 200;

/** Why a text must not be given to the YAML parser; undefined = it may. */
export function beyondYamlLimits(source: string): string | undefined {
  if (source.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (flowDepth(source) > DEEPEST || source.split('\n').some(isCrowded))
    return 'is nested deeper than any configuration';
  return undefined;
}

/** Brackets inside quotes count too: none has so many. */
function flowDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** `- - - - …` opens a level with each sign, and so does every further column of indentation. */
const isCrowded = (line: string): boolean =>
  line.search(/\S/) > WIDEST_INDENT || (line.match(/(?:^|\s)[-?:](?=\s)/g)?.length ?? 0) > DEEPEST;
