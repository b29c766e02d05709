import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { onWireView } from '../kit/on-wire.js';

/** Shows a form to whoever clicked; Slack takes the trigger for three seconds. */
export type OpenModal = (triggerId: string, view: ModalView) => Promise<void>;

export const openModalWith =
  (client: Pick<WebClient, 'views'>): OpenModal =>
  async (triggerId, view) => {
    await client.views.open({ trigger_id: triggerId, view: onWireView(view) });
  };
