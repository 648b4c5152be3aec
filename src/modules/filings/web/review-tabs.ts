export const reviewTabs = ['waiting', 'returned', 'accepted', 'missing'] as const;
export type ReviewTab = (typeof reviewTabs)[number];
export const isReviewTab = (value: string | null): value is ReviewTab => reviewTabs.some((tab) => tab === value);
