import { isAcknetError } from '../errors.js';

/** undefined = the object, or its whole API group, is not there. Every other fault passes through. */
export async function unlessAbsent<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isAcknetError(error, 'cluster.not-found')) return undefined;
    throw error;
  }
}
