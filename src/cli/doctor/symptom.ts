/** One thing looked at. `unread` = could not be looked at, which is not the same as fine. */
export interface Symptom {
  readonly state: 'ok' | 'fault' | 'unread';
  readonly what: string;
  /** What to do about a fault. */
  readonly todo?: string;
}

export const ok = (what: string): Symptom => ({ state: 'ok', what });
export const fault = (what: string, todo: string): Symptom => ({ state: 'fault', what, todo });
export const unread = (what: string, todo: string): Symptom => ({ state: 'unread', what, todo });
