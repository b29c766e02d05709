const LONGEST = 400;
/** Where a second question can begin; white space is single by then, so that no run of it is tried again. */
const BETWEEN =
  /(?<=[?？]) ?(?=[^\s?？])| ?[,;]? (?:and|also|plus|-|–) (?=(?:also |then |so ){0,3}(?:what|which|where|why|how|who|when|does|do|did|is|are|can|could|should|will|would|must)\b)|, or (?=(?:is|are|does|do|did|can|could|should|will|would|must)\b)|, (?:and|also) (?=\S+ \S+ \S+ \S)|,? and also (?=\S+ \S+ \S)|[，。；] ?/i;
const JOINT = /^\s*(?:(?:and|also|plus|or)\s|[-–,;\s])+/i;
const REST = /[-–,;\s]{1,40}$/;
const LEAST_WORDS = 3;

export type TwoQuestions = readonly [first: string, second: string];

/** The two questions of a message that holds two; else the message alone. */
export function splitQuestions(text: string): readonly [string] | TwoQuestions {
  if (text.length > LONGEST || /\n/.test(text.trim())) return [text];
  const parts = text
    .replace(/\s+/g, ' ')
    .split(BETWEEN)
    .map((part) => part.replace(JOINT, '').replace(REST, ''))
    .filter(isQuestion);
  const [first, second] = parts;
  return first !== undefined && second !== undefined && parts.length === 2 ? [first, second] : [text];
}

function isQuestion(part: string): boolean {
  const words = part.split(/\s+/).length;
  return words >= LEAST_WORDS || /\p{Script=Han}{4}/u.test(part);
}
