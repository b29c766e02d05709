/** A message as sent, or as the workspace shows it. */
interface AnyMessage {
  readonly text?: string;
  readonly blocks?: unknown;
}

/** Every text of a message, however deep, joined by line ends. */
export function plainText(message: AnyMessage): string {
  return [message.text ?? '', ...textsIn(message.blocks)].join('\n');
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' && ['text', 'title', 'url'].includes(key) ? [item] : textsIn(item),
  );
}

/** The action ids of a message's buttons, in order. */
export function actionsOf({ blocks }: Pick<AnyMessage, 'blocks'>): string[] {
  return idsIn(blocks);
}

function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { action_id: id } = value as { action_id?: unknown };
  return [...(typeof id === 'string' ? [id] : []), ...Object.values(value).flatMap(idsIn)];
}
