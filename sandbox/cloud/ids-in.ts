import { CloudRefusal } from './cloud-world.js';

/** ECS takes such lists as a JSON array in a text, and nothing else. */
export function idsIn(name: string, given: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(given);
  } catch {
    parsed = undefined;
  }
  if (Array.isArray(parsed) && parsed.length <= 100 && parsed.every((id) => typeof id === 'string'))
    return parsed;
  throw new CloudRefusal(400, `Invalid${name}.Malformed`, `The specified ${name} is not valid.`);
}
