import { isObject } from './fields.js';
import type { JsonObject } from './ports.js';

/** undefined = not JSON, or JSON that is no object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
