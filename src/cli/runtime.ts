import type { Masked } from '../masking/masked.js';

/** Where a command prints: nothing that is not masked. `process.stdout` is one. */
export interface Terminal {
  write(text: Masked): unknown;
  readonly isTTY?: boolean;
}

/** What a command may touch of the process it runs in; made once, in main.ts. */
export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** Folder that holds `intents` and `dist`. */
  readonly root: string;
  /** Aborted by SIGINT or SIGTERM: end what runs, tidily. */
  readonly stop: AbortSignal;
  readonly now: () => Date;
  /** Rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Between two looks at the files of the configuration; default 5 s. */
  readonly lookEveryMs?: number;
  /** Asks who sits at the terminal; absent or undefined = nobody does. */
  readonly confirm?: (question: Masked) => Promise<boolean | undefined>;
}

/** Exit codes: 0 done, 1 found or failed, 2 not readable or bad lines, 64 bad usage. */
export type CommandResult = Promise<number>;
