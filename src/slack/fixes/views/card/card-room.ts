/** What each part of a card may take, in characters as sent; together they leave room for a short diff. */
export const cardRoom = {
  title: 300,
  detail: 1000,
  finding: 900,
  steps: 10,
  stepTitle: 110,
  stepDetail: 110,
  notRecommended: 500,
  warnings: 6,
  warning: 300,
  alsoChanges: 3,
  alsoChange: 110,
  dryRun: 500,
  votes: 5,
  voteReason: 120,
} as const;
