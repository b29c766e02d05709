export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message that was clicked, where it was a click. */
  readonly message?: { readonly ts: string; readonly ephemeral: boolean; readonly threadTs?: string };
}

export interface ResponseUrls {
  issue(kind: 'commands' | 'actions', target: ResponseTarget): string;
  /** Counts as one of the five uses. */
  use(path: string): ResponseTarget | 'expired_url' | 'used_url' | 'no_such_url';
}

const uses = 5;
const lifeMs = 30 * 60_000;

/** `base` is known only once the server listens, hence a function. */
export function createResponseUrls(options: {
  team: string;
  base: () => string;
  now: () => Date;
  nextId: () => string;
}): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; at: number; left: number }>();
  return {
    issue: (kind, target) => {
      const path = `/${kind}/${options.team}/${issued.size + 1}/${options.nextId().replaceAll('-', '')}`;
      issued.set(path, { target, at: options.now().getTime(), left: uses });
      return `${options.base()}${path}`;
    },
    use: (path) => {
      const url = issued.get(path);
      if (url === undefined) return 'no_such_url';
      if (options.now().getTime() - url.at > lifeMs) return 'expired_url';
      if (url.left === 0) return 'used_url';
      url.left -= 1;
      return url.target;
    },
  };
}
