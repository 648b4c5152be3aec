import { type ReviewTab, reviewTabs } from '../contract.ts';

export const isReviewTab = (value: string | null): value is ReviewTab => reviewTabs.some((tab) => tab === value);
