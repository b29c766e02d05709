/** What a simulated workspace starts with. Data only, so that a test or a demo can bring its own. */
export interface WorkspaceSeed {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly app: SeedApp;
  readonly users: readonly SeedUser[];
  readonly groups: readonly SeedGroup[];
  readonly channels: readonly SeedChannel[];
}

interface SeedApp {
  readonly id: string;
  readonly botUser: string;
  readonly bot: string;
  /** The handle people mention. */
  readonly name: string;
  /** With the slash: `/acknet`. */
  readonly commands: readonly string[];
  /** Granted to the bot token. */
  readonly scopes: readonly string[];
}

/** People only; the bot's user comes from `app`. */
export interface SeedUser {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly title?: string;
  readonly is_admin?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly deleted?: boolean;
}

export interface SeedGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

interface SeedChannel {
  readonly id: string;
  readonly name: string;
  /** User ids; the bot is one of them or cannot post there. */
  readonly members: readonly string[];
  readonly is_private?: boolean;
  readonly topic?: string;
}

/** Each person's DM with the bot: `U0ANA` has `D0ANA`. */
export const dmOf = (userId: string): string => `D${userId.slice(1)}`;
