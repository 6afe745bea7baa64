// Runs in a page whose scripts have settled: what stands on it, more of its list, and its final markup.
// `() => state`, whose functions the caller runs one at a time.
() => {
  const rows = new Map();  // address -> what a list showed, should a later page of it replace it
  const clean = (text) => (text || "").replace(/\s+/g, " ").trim();
  const roots = () => {
    const found = [document];
    for (const root of found) for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
    return found;
  };
  const all = (css) => roots().flatMap((root) => [...root.querySelectorAll(css)]);
  const isRoute = (hash) => /^#!?\/.*\w/.test(hash) || /^#!\w/.test(hash);
  const leads = (anchor) => /^https?:$/.test(anchor.protocol) && (isRoute(anchor.hash) || anchor.href.split("#")[0] !== location.href.split("#")[0]);
  const links = (element) => element.querySelectorAll("a[href]").length + (element.matches("a[href]") ? 1 : 0);
  const alike = (one, other) => one.tagName === other.tagName && one.className === other.className;
  // Returns the entry of a list that an anchor stands in, with the wrappers that are its own.
  const row = (anchor) => {
    let element = anchor.closest("tr, li, article, [role=row], [role=listitem]");
    if (!element || links(element) > 8) {
      element = anchor;
      while (element.parentElement && element.parentElement !== document.body) {
        if ([...element.parentElement.children].filter((other) => alike(element, other) && links(other)).length > 1) break;
        element = element.parentElement;
      }
    }
    while (element.parentElement && !element.parentElement.matches("body, main, ul, ol, tbody, table") && links(element.parentElement) === links(element))
      element = element.parentElement;
    return element;
  };
  const above = (element) => element.parentElement ? [element.parentElement, ...above(element.parentElement)] : [];
  const scrolled = () => [document.scrollingElement, ...all("main, section, div, ul, ol, tbody")]
    .filter((element) => element && element.scrollHeight > element.clientHeight + 4);
  const scrollTo = (element, top) => {
    const before = element.scrollTop;
    element.scrollTop = top;
    if (element.scrollTop !== before) (element === document.scrollingElement ? window : element).dispatchEvent(new Event("scroll"));
    return element.scrollTop !== before;
  };
  const isShown = (address, entry) => entry.row.isConnected && (entry.anchor.href === address && entry.anchor.isConnected);
  return {
    // Returns how many addresses the page has shown so far.
    look() {
      for (const anchor of all("a[href]")) {
        if (!leads(anchor) || rows.has(anchor.href)) continue;
        const element = row(anchor);
        rows.set(anchor.href, {anchor, row: element, above: above(element), copy: element.cloneNode(true)});
      }
      return rows.size;
    },
    // Scrolls the page, and every part of it that scrolls by itself, to the end.
    toEnd() {
      for (const element of scrolled()) scrollTo(element, element.scrollHeight);
    },
    toTop() {
      for (const element of scrolled()) scrollTo(element, 0);
    },
    // Scrolls on by less than what is seen at once; returns whether anything moved.
    step() {
      return scrolled().map((element) => scrollTo(element, element.scrollTop + 0.7 * Math.min(element.clientHeight, innerHeight))).some(Boolean);
    },
    // Returns whether entries that were shown are gone: a list that holds only what is in view.
    lost() {
      return [...rows].some(([address, entry]) => !isShown(address, entry));
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
      this.found[index].click();
    },
    remove(indices) {
      for (const index of indices) this.found[index].remove();
    },
    // Returns the page's text, to tell an empty page.
    words() {
      return clean(document.body ? document.body.innerText : "").slice(0, 2000);
    },
    // Returns the final markup, as far as it is no longer than `most` characters, else null. The page is of no use afterwards.
    markup(most) {
      const shown = new Set(all("a[href]").map((anchor) => anchor.href));
      for (const [address, {above, copy}] of rows) {
        if (shown.has(address)) continue;
        // Back to where it stood: the place may have been made anew, with the same elements in it.
        const live = above.findIndex((element) => element.isConnected);
        let place = live < 0 ? document.body : above[live];
        for (const gone of above.slice(0, Math.max(live, 0)).reverse())
          place = [...place.children].find((child) => alike(child, gone)) || place.appendChild(gone.cloneNode(false));
        place.append(copy);
        for (const anchor of [copy, ...copy.querySelectorAll("a[href]")]) if (anchor.href) shown.add(anchor.href);
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
