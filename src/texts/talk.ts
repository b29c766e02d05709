/** What acknet says to greetings, thanks and typed words that only buttons can do (`slack/talk`). */
export const talkTexts = {
  greeting: 'Hello. Tell me what your pods cannot do, paste an error as it is, or say `check <cluster>`.',
  thanks: "You're welcome.",
  nod: ':+1:',
  neverMind: 'All right. Nothing was noted, nothing was changed.',

  wordApproves: 'A word approves nothing',
  wordRejects: 'A word rejects nothing',
  wordUndoes: 'A word undoes nothing',
  noneWaits: 'No fix waits for approval here.',
  noneToUndo: 'No fix was applied here that could be undone.',
  pressOnCard: (say: { readonly nothing: string; readonly button: string }) =>
    `${say.nothing}: press ${say.button} on the card.`,
  checkOffersFixes: 'A check offers fixes as cards: `check <cluster>`.',

  whoMayApprove: 'Who may approve fixes',
  whoMayApproveOn: (cluster: string) => `Who may approve fixes on ${cluster}.`,
  noClusterSeen: 'There is no cluster here whose approvers you may see.',
  andMore: (left: number) => `and ${left} more`,
  approversPress: 'They press *Approve* on the card of a fix. A word in a message approves nothing.',
} as const;
