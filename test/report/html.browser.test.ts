import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { RunReport } from "../../src/model/report.js";
import { renderReport } from "../../src/report/index.js";
import { findChromium, launchChromium } from "../helpers/chromium.js";
import { poorContrasts } from "../helpers/contrast.js";
import { hostileReport } from "../helpers/hostile-report.js";
import { cleanReport, earlyReport, sampleReport } from "../helpers/sample-report.js";

const chromium = findChromium();

async function shown(page: Page, list: string): Promise<number> {
  return await page.locator(`[data-list=${list}]:visible`).count();
}

describe.skipIf(chromium === null)(`the page in a browser (needs a chromium on PATH: ${chromium ?? "none, skipped"})`, () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? "");
    folder = await mkdtemp(join(tmpdir(), "unfork-page-"));
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A page that was opened from a file, with all it asked for and complained about. */
  async function open(report: RunReport, options: BrowserContextOptions & { query?: string } = {}) {
    const { query = "", ...settings } = options;
    const path = join(folder, "report.html");
    await writeFile(path, renderReport("html", report, { color: false, width: 100 }));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...settings });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(path).href + query);
    return { page, requests, complaints, url: pathToFileURL(path).href };
  }

  test("asks for nothing but itself and complains of nothing", async () => {
    for (const report of [sampleReport(), cleanReport(), earlyReport()]) {
      const { page, requests, complaints, url } = await open(report);
      expect(requests).toEqual([url]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  test("a filter leaves what it names, says so, and is kept in the URL", async () => {
    const { page } = await open(sampleReport());
    expect(await shown(page, "cases")).toBe(12);
    await page.getByRole("radio", { name: /better/ }).check();
    expect(await shown(page, "cases")).toBe(3);
    expect(await page.locator("[data-filter=cases] output").textContent()).toBe("3 of 12 shown");
    expect(page.url()).toContain("?verdict=better");
    await page.locator("[name=case]").fill("LAPTOP");
    expect(await shown(page, "cases")).toBe(1);
    await page.reload();
    expect(await shown(page, "cases")).toBe(1);
    expect(await shown(page, "features")).toBe(6);
    await page.context().close();
  });

  test("a cell of the grid opens its use case, with the pictures of both flavors", async () => {
    const { page } = await open(sampleReport());
    expect(await page.locator(".plot svg").first().isVisible()).toBe(false);
    await page.getByRole("link", { name: /Headset in wind/ }).click();
    expect(await page.locator("#case-headset-in-wind .plot svg").count()).toBe(2);
    expect(await page.locator("#case-headset-in-wind .plot svg").first().isVisible()).toBe(true);
    await page.context().close();
  });

  test("opens with the filters that its URL names, and minds no value it does not know", async () => {
    const { page } = await open(sampleReport(), { query: "?fate=auto&severity=note&verdict=unheard-of&case=music#audit" });
    expect(await shown(page, "features")).toBe(2);
    expect(await shown(page, "findings")).toBe(1);
    expect(await shown(page, "cases")).toBe(1);
    await page.context().close();
  });

  test("without scripts everything is there and nothing that would need them", async () => {
    const { page, complaints } = await open(sampleReport(), { javaScriptEnabled: false });
    expect(await shown(page, "cases")).toBe(12);
    expect(await page.locator(".filters:visible, .copy:visible, .theme:visible").count()).toBe(0);
    await page.locator("details.case summary").first().click();
    expect(await page.locator("details.case .inside").first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each(["light", "dark"] as const)("every text stands out by 4.5:1 in %s colours", async (colorScheme) => {
    const { page } = await open(sampleReport(), { colorScheme });
    await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
    const { measured, poor } = await poorContrasts(page, 4.5);
    expect(poor).toEqual([]);
    expect(measured).toBeGreaterThan(500);
    await page.context().close();
  });

  test("the button turns light into dark and back, and stays over a reload", async () => {
    const { page } = await open(sampleReport(), { colorScheme: "light" });
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await background();
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    expect((await poorContrasts(page, 4.5)).poor).toEqual([]);
    await page.reload();
    await expect.poll(background).toBe(dark);
    await page.getByRole("button", { name: "Switch to light colours" }).click();
    expect(await background()).toBe(light);
    await page.context().close();
  });

  test("the chosen colours stay over a reload where nothing can be stored, also after a filter was set", async () => {
    const { page } = await open(sampleReport(), { colorScheme: "light" });
    await page.addInitScript("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })");
    await page.reload();
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    await page.locator("[name=case]").fill("laptop");
    await page.reload();
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    await page.getByRole("button", { name: "Switch to light colours" }).waitFor();
    await page.context().close();
  });

  test("a command is copied as it stands", async () => {
    const { page } = await open(sampleReport(), { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("button", { name: "Copy the command unfork usecase run headset-in-wind" }).click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("unfork usecase run headset-in-wind");
    await page.context().close();
  });

  test.each([390, 768, 1280])("needs no sideways scrolling at %i pixels", async (width) => {
    for (const report of [sampleReport(), hostileReport()]) {
      const { page } = await open(report, { viewport: { width, height: 844 } });
      await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  test("hostile text stays text", async () => {
    const { page, requests, complaints } = await open(hostileReport());
    expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
    expect(await page.locator("img, iframe, a:not([href^='#'])").count()).toBe(0);
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("all folded parts are open on paper", async () => {
    const { page } = await open(sampleReport());
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator("details:not([open])").count()).toBe(0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator("details:not([open])").count()).toBeGreaterThan(5);
    await page.context().close();
  });

  test("the JUnit report is well-formed XML whatever the texts", async () => {
    const { page } = await open(earlyReport());
    for (const report of [sampleReport(), hostileReport()]) {
      const xml = renderReport("junit", report, { color: false, width: 100 });
      const parsed = await page.evaluate(
        `(() => { const root = new DOMParser().parseFromString(${JSON.stringify(xml)}, "text/xml").documentElement; return [root.tagName, root.querySelectorAll("testcase").length]; })()`,
      );
      expect(parsed).toEqual(["testsuites", 26]);
    }
    await page.context().close();
  });
});
