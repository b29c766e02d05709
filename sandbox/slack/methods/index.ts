import { assistantMethods } from './assistant.js';
import { authMethods } from './auth.js';
import { blockMethods } from './blocks.js';
import { chatMethods } from './chat.js';
import { connectionMethods } from './connections.js';
import { conversationMethods } from './conversations.js';
import { fileMethods } from './files.js';
import type { Methods } from './method.js';
import { reactionMethods } from './reactions.js';
import { userMethods } from './users.js';
import { viewMethods } from './views.js';

/** Addresses that exist only once the server listens. */
interface Addresses {
  /** A new one-time address for a Socket Mode connection. */
  socket(): string;
  /** Prefix of the address that takes a file's bytes. */
  upload(): string;
}

/** Every Web API method the simulated workspace answers; all others are `unknown_method`. */
export const allMethods = ({ socket, upload }: Addresses): Methods => ({
  ...authMethods,
  ...connectionMethods(socket),
  ...chatMethods,
  ...conversationMethods,
  ...userMethods,
  ...viewMethods,
  ...reactionMethods,
  ...fileMethods(upload),
  ...assistantMethods,
  ...blockMethods,
});
