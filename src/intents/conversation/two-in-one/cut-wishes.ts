const LONGEST = 400;
const MOST_CUTS = 8;
/** Words and signs that join a second matter to a first. Pastes have commas and full stops of their own: those alone join nothing. */
const JOINTS =
  /[.,;!?。；！？，\s]{1,4}(?:and|also|plus|then|besides|furthermore|moreover|additionally|next|secondly|second|n)\b[,:]? (?:(?:also|then|besides|so)\b[,:]? ){0,2}|; | & |\s\d[.)] |, (?=[^,.;!?\n]{1,80}\b(?:too|as well|likewise)\s*[.!]?$)|[。；，, ]{0,2}(?:另外|还有|以及|同时|顺便)[，, ]{0,2}/gi;

/** The ways to cut a message into two matters, each large enough to be one. */
export function cutWishes(text: string): readonly (readonly [first: string, second: string])[] {
  if (text.length > LONGEST) return [];
  const plain = text.replace(/[^\S\n]+/g, ' ');
  return [...plain.matchAll(JOINTS)]
    .slice(0, MOST_CUTS)
    .map(({ index, 0: joint }) => [plain.slice(0, index), plain.slice(index + joint.length)] as const)
    .filter((parts) => parts.every(isMatter));
}

const isMatter = (part: string): boolean => /\S\s+\S/.test(part) || /\p{Script=Han}{3}/u.test(part);
