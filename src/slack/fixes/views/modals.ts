import type { ContextBlock, InputBlock, ModalView, SectionBlock } from '@slack/types';
import type { Proposal } from '../../../proposals/proposal.js';
import { fixTexts } from '../../../texts/fixes.js';
import { callbackIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { context, limits, plainText, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { typedBlock } from '../../listeners/read-submission.js';
import { bold, clip, escapeMrkdwn, literalUpTo } from '../../kit/writing/mrkdwn.js';
import type { ParameterField } from '../parameter-fields.js';

const { buttons, form } = fixTexts;

export const reasonBlock = { block: 'reason', action: 'text' } as const;

/** Asks why: for Reject, and for Approve where the policy wants a reason. */
export function reasonModal(proposal: Proposal, decision: 'approve' | 'reject'): ModalView {
  const approve = decision === 'approve';
  return {
    type: 'modal',
    callback_id: approve ? callbackIds.approveReason : callbackIds.reject,
    private_metadata: encodeValue('proposal', proposal.id),
    title: plainText(approve ? buttons.approve : buttons.reject, limits.modalTitle),
    submit: plainText(approve ? buttons.approve : buttons.reject, limits.modalTitle),
    close: plainText(form.back, limits.modalTitle),
    blocks: [
      section(
        form.onWithRisk(
          escapeMrkdwn(clip(proposal.title, 300)),
          escapeMrkdwn(proposal.cluster),
          proposal.risk,
        ),
      ),
      {
        type: 'input',
        block_id: reasonBlock.block,
        label: plainText(approve ? form.whyNow : form.whyNot, 150),
        hint: plainText(form.whyHint, 150),
        element: {
          type: 'plain_text_input',
          action_id: reasonBlock.action,
          multiline: true,
          min_length: 3,
          max_length: 300,
        },
      },
    ],
  };
}

/** The remediation's parameters as they stand; a submit makes a fresh card whose diff follows them. */
export function parametersModal(
  proposal: Proposal,
  fields: readonly ParameterField[],
  fault?: SlackMessage,
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackIds.parameters,
    private_metadata: encodeValue('proposal', proposal.id),
    title: plainText(form.editTitle, limits.modalTitle),
    submit: plainText(form.editSubmit, limits.modalTitle),
    close: plainText(form.cancel, limits.modalTitle),
    blocks: [
      section(bold(escapeMrkdwn(clip(proposal.title, 300)))),
      ...faultBlocks(fault),
      ...fields.flatMap(inputsOf),
      context(form.editNote),
    ],
  };
}

interface StartForm {
  readonly title: string;
  readonly cluster: string;
  readonly value: string;
  /** Why what was given does not do. */
  readonly fault?: SlackMessage | undefined;
}

/** Asks for what a fix needs before it can be planned; a submit makes its card. */
export function startFixModal(
  { title, cluster, value, fault }: StartForm,
  fields: readonly ParameterField[],
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackIds.startFix,
    private_metadata: value,
    title: plainText(form.startTitle, limits.modalTitle),
    submit: plainText(form.startSubmit, limits.modalTitle),
    close: plainText(form.cancel, limits.modalTitle),
    blocks: [
      section(form.on(escapeMrkdwn(clip(title, 300)), escapeMrkdwn(cluster))),
      ...faultBlocks(fault),
      ...fields.flatMap(inputsOf),
      context(form.startNote),
    ],
  };
}

function faultBlocks(fault: SlackMessage | undefined): (SectionBlock | ContextBlock)[] {
  if (fault === undefined) return [];
  const { text, tail } = fault;
  return [section(form.fault(literalUpTo(text, 1500))), ...(tail === undefined ? [] : [context(tail)])];
}

/** While a cluster is read for longer than Slack waits for a form. */
export const waitModal = (cluster: string): ModalView =>
  noteModal(form.waitTitle, form.wait(escapeMrkdwn(cluster)));
export const doneModal = (): ModalView => noteModal(form.doneTitle, form.done);

const noteModal = (title: string, text: string): ModalView => ({
  type: 'modal',
  title: plainText(title, limits.modalTitle),
  close: plainText(form.close, limits.modalTitle),
  blocks: [section(text)],
});

/** More than Slack lists, and none at all, are typed. */
const OPTIONS = 100;

/** One input; where there may be others than the choices, a second one to type into. One of the two must be filled in. */
function inputsOf(field: ParameterField): InputBlock[] {
  const { name, label, value, choices = [], orTyped } = field;
  if (orTyped !== true || choices.length === 0 || choices.length > OPTIONS) return [inputOf(field)];
  const isOffered = choices.includes(value);
  return [
    inputOf({ ...field, value: isOffered ? value : '', optional: true }),
    inputOf({
      name: typedBlock(name),
      label: form.orTyped(label),
      value: isOffered ? '' : value,
      optional: true,
    }),
  ];
}

function inputOf(field: ParameterField): InputBlock {
  const { name, label, hint, value, choices, labels, optional } = field;
  const base = {
    type: 'input' as const,
    block_id: name,
    label: plainText(label, 150),
    optional,
    ...(hint !== undefined && { hint: plainText(hint, 150) }),
  };
  if (choices === undefined || choices.length === 0 || choices.length > OPTIONS) {
    return {
      ...base,
      element: {
        type: 'plain_text_input',
        action_id: 'value',
        max_length: 1000,
        ...(value !== '' && { initial_value: clip(value, 1000) }),
      },
    };
  }
  const options = choices.map((choice) => ({
    text: plainText(labels?.[choice] ?? choice, limits.optionText),
    value: choice,
  }));
  const initial = options.find((option) => option.value === value);
  return {
    ...base,
    element: {
      type: 'static_select',
      action_id: 'value',
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}
