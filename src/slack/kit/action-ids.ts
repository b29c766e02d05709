/** Every `action_id`, `callback_id` and `block_id` prefix that acknet sends; listeners match on these. */
export const actionIds = {
  answerMore: 'answer_more',
  answerNotIt: 'answer_not_it',
  answerCheck: 'answer_check',
  answerCluster: 'answer_cluster',
  answerFeedback: 'answer_feedback',
  /** Followed by `:<n>`: ids in one block must differ. */
  chooseEntry: 'choose_entry',
  chooseTopic: 'choose_topic',
  tellApart: 'tell_apart',
  answerRest: 'answer_rest',
  /** Checks that can see what no entry is about. */
  lookFor: 'look_for',
  cancelRun: 'run_cancel',
  /** Followed by `:<list>`. */
  listOutcome: 'run_list',
  pickList: 'run_pick_list',
  runAgain: 'run_again',
  /** All checks, where some told nothing. */
  checkWhole: 'run_whole',
  cancelFleet: 'fleet_cancel',
  /** The same checks again, of one cluster, with all there is to say about it. */
  openInFleet: 'fleet_open',
  /** The card of a fix that a finding leads to. */
  reviewFix: 'fix_review',
  /** The same, where the card's address is known: the client opens it. */
  openCard: 'fix_card',
  explainCause: 'cause_explain',
  howTo: 'cause_how_to',
  moreSteps: 'cause_more',
  /** Followed by `:<n>`. A fix that must be told what to set: opens its form. */
  startFix: 'fix_start',
  approve: 'proposal_approve',
  reject: 'proposal_reject',
  editParameters: 'proposal_edit',
  abort: 'proposal_abort',
  undo: 'proposal_undo',
  replan: 'proposal_replan',
  homeCheck: 'home_check',
  /** The nodes that a stopped roll-out did not reach. */
  resume: 'proposal_resume',
  checkAgain: 'proposal_check',
} as const;

export const callbackIds = {
  reject: 'proposal_reject',
  approveReason: 'proposal_approve_reason',
  parameters: 'proposal_parameters',
  startFix: 'fix_start',
} as const;

export const anyOf = (prefix: string): RegExp => new RegExp(`^${prefix}:`);
