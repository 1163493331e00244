/** An NPS answer from this on is a promoter's: 9 of 10, in hundredths of 0..100. */
export const PROMOTER_FROM_HUNDREDTHS = 9_000;

/** An answer speaks for its customer this long. */
export const PROMOTER_DAYS = 365;
