// Runs in a page whose scripts have settled: what stands on it, more of its list, and its final markup.
// `() => state`, whose functions the caller runs one at a time.
() => {
  const rows = new Map();     // address -> {parent, row}: what a list showed, should a later page of it replace it
  const turned = new Set();   // buttons that were pressed
  const clean = (text) => (text || "").replace(/\s+/g, " ").trim();
  const roots = () => {
    const found = [document];
    for (const root of found) for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
    return found;
  };
  const all = (css) => roots().flatMap((root) => [...root.querySelectorAll(css)]);
  const isRoute = (hash) => /^#!?\/.*\w/.test(hash) || /^#!\w/.test(hash);
  const leads = (anchor) => /^https?:$/.test(anchor.protocol) && (isRoute(anchor.hash) || anchor.href.split("#")[0] !== location.href.split("#")[0]);
  const row = (anchor) => {
    let element = anchor;
    while (element.parentElement && element.parentElement !== document.body) {
      const alike = [...element.parentElement.children].filter((other) => other.tagName === element.tagName && other.querySelector("a[href]") !== null || other.tagName === "A");
      if (element.tagName === "TR" || element.tagName === "LI" || element.tagName === "ARTICLE" || alike.length > 2) break;
      element = element.parentElement;
    }
    return element;
  };
  return {
    // Returns how many addresses the page has shown so far.
    look() {
      for (const anchor of all("a[href]")) {
        if (!leads(anchor) || rows.has(anchor.href)) continue;
        const element = row(anchor);
        rows.set(anchor.href, {parent: element.parentElement, row: element, copy: element.cloneNode(true)});
      }
      return rows.size;
    },
    // Scrolls the page, and every part of it that scrolls by itself, to the end.
    scroll() {
      for (const element of [document.scrollingElement, ...all("main, section, div, ul, ol, tbody")]) {
        if (element && element.scrollHeight > element.clientHeight + 4) {
          element.scrollTop = element.scrollHeight;
          element.dispatchEvent(new Event("scroll"));
        }
      }
      window.dispatchEvent(new Event("scroll"));
    },
    // Returns the texts of what can be pressed and has no address of its own; `press` takes an index of these.
    buttons() {
      this.found = all("button, [role=button], input[type=button], input[type=submit], a:not([href]), a[href='#'], a[href=''], a[href^='javascript:']")
        .filter((element) => !element.disabled && element.getAttribute("aria-disabled") !== "true" && element.getClientRects().length > 0);
      return this.found.map((element) => ({
        text: clean(element.innerText || element.value).slice(0, 100),
        label: clean(element.getAttribute("aria-label") || element.title).slice(0, 100),
        names: [element, element.parentElement, element.closest("nav, ul, ol")].map((one) => one ? `${one.className || ""} ${one.id || ""}` : "").join(" ").toLowerCase(),
      }));
    },
    press(index) {
      turned.add(this.found[index]);
      this.found[index].click();
    },
    // Returns the page's text, to tell an empty page.
    words() {
      return clean(document.body ? document.body.innerText : "").slice(0, 2000);
    },
    // Returns the final markup, as far as it is no longer than `most` characters, else null. The page is of no use afterwards.
    markup(most) {
      for (const button of turned) button.remove();
      const shown = new Set(all("a[href]").map((anchor) => anchor.href));
      for (const [address, {parent, row, copy}] of rows) {
        if (shown.has(address) || row.isConnected && row.querySelector("a[href]") === null) continue;
        const place = parent && parent.isConnected ? parent : document.body;
        place.append(copy);
        for (const anchor of copy.querySelectorAll("a[href]")) shown.add(anchor.href);
        if (copy.href) shown.add(copy.href);
      }
      for (const root of roots().slice(1).reverse()) {
        for (const slot of root.querySelectorAll("slot")) slot.replaceWith(...slot.assignedNodes({flatten: true}));
        for (const style of root.querySelectorAll("style")) style.remove();
        root.host.replaceChildren(...root.childNodes);
      }
      for (const element of document.querySelectorAll("noscript")) element.remove();
      // A route stands behind the `#`: it is written out, so that a reader need not know that this page has routes.
      for (const anchor of document.querySelectorAll("a[href*='#']")) if (isRoute(anchor.hash)) anchor.setAttribute("href", anchor.href);
      if (isRoute(location.hash)) {
        for (const link of document.querySelectorAll("link[rel=canonical]")) if (!link.href.includes("#")) link.remove();
        for (const meta of document.querySelectorAll("meta[property='og:url']")) if (!(meta.content || "").includes("#")) meta.remove();
      }
      const markup = `<!DOCTYPE html>\n${document.documentElement.outerHTML}`;
      return markup.length > most ? null : markup;
    },
  };
}
