/** Owns the security part of the terminal report. */
import { count } from "../figures.js";
import { fixKinds, securitySentence } from "../security-fixes.js";
import { paragraph, type Section } from "./section.js";

const MOST_KINDS = 6;

export const securitySection: Section = {
  title: () => "Security fixes",
  lines: ({ security }, page) => {
    if (security === null) return [];
    const sentence = paragraph(page, securitySentence(security));
    if (security.status === "unknown" || security.fixes.length === 0) return sentence;
    const kinds = fixKinds(security);
    const shown = kinds.slice(0, MOST_KINDS).map(({ what, size }) => `${count(size)} ${what}`);
    const rest = kinds.length > MOST_KINDS ? [`${count(kinds.length - MOST_KINDS)} other kinds`] : [];
    return [...sentence, ...paragraph(page, [...shown, ...rest].join(" · "))];
  },
};
