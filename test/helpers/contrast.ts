/** Owns the measuring of contrast on a page (WCAG 2.2, success criterion 1.4.3), inside the browser. */
import type { Page } from "playwright-core";

export interface PoorContrast {
  readonly text: string;
  readonly color: string;
  readonly background: string;
  readonly ratio: number;
}

/** Texts shown with less than `least`:1 against what lies behind them, with how many texts were measured. */
export async function poorContrasts(page: Page, least: number): Promise<{ measured: number; poor: PoorContrast[] }> {
  return (await page.evaluate(`(${MEASURE})(${least})`)) as { measured: number; poor: PoorContrast[] };
}

/** Runs in the page: a string, since this project's own code has no DOM types. */
const MEASURE = `(least) => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color[3] === undefined || color[3] === 1) return color;
      if (color[3] !== 0) throw new Error("a half-transparent background");
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  let measured = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (text === "" || ["SCRIPT", "STYLE"].includes(element.tagName) || !element.checkVisibility()) continue;
    const color = channels(getComputedStyle(element).color);
    const background = behind(element);
    const [light, dark] = [luminance(color), luminance(background)].toSorted((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    measured += 1;
    if (ratio < least) poor.push({ text: text.slice(0, 40), color: String(color), background: String(background), ratio });
  }
  return { measured, poor };
}`;
