/** What tests need that aren't about limits; those give a PLANS of their own. */
export const generousPlan = "standard=900000000/900000000";
