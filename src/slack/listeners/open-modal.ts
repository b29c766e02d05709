import type { ModalView } from '@slack/types';
import { onWireView } from '../kit/on-wire.js';
import type { ModalClient } from '../wire/text-client.js';

/** Shows a form to whoever clicked; Slack takes the trigger for three seconds. */
export type OpenModal = (triggerId: string, view: ModalView) => Promise<void>;

/** Shows something else in a form that is open. */
export type UpdateModal = (viewId: string, view: ModalView) => Promise<void>;

export const updateModalWith =
  (client: ModalClient): UpdateModal =>
  async (viewId, view) => {
    await client.views.update({ view_id: viewId, view: onWireView(view) });
  };

export const openModalWith =
  (client: ModalClient): OpenModal =>
  async (triggerId, view) => {
    await client.views.open({ trigger_id: triggerId, view: onWireView(view) });
  };
