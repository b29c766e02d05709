/** Where a message goes. `channel` may be a person's id: their direct messages. */
export interface Place {
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

export type ThreadPlace = Place & { readonly threadTs: string };
