// Moving sessions on the board with mouse and finger: by dragging a card to a room and hour or to
// the tray, by dragging its lower edge, or by pressing a place while it is lifted.
"use strict";

(() => {
  const board = window.barnamaBoard;
  const hand = board?.hand;
  if (!hand) return;
  const { root, scroller } = board;
  const bar = document.getElementById("board-bar");
  const { STEP, columns, origin, rows } = hand;

  let drag = null;

  const isIn = (box, x, y) => box && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

  const columnAt = (x, y) => {
    const frame = scroller.getBoundingClientRect();
    if (!isIn(frame, x, y) || isIn(bar.getBoundingClientRect(), x, y)) return null;
    // Rectangles of the columns in their order: no direction of writing is asked for.
    return columns().find((column) => {
      const box = column.querySelector(".column-body").getBoundingClientRect();
      return box.width && x >= box.left && x < box.right && y >= box.top && y < box.bottom;
    }) || null;
  };

  const startAt = (y) => {
    const box = root.querySelector(".rail").getBoundingClientRect();
    return origin() + Math.round(((y - box.top) / box.height) * rows()) * STEP;
  };

  const follow = () => {
    const { x, y } = drag;
    const { lift } = hand;
    if (!lift) return;
    if (lift.mode === "stretch") {
      const end = startAt(y);
      const minutes = Math.max(STEP, Math.min(end - lift.start, 720));
      if (minutes !== lift.minutes) {
        lift.minutes = minutes;
        hand.learnSoon();
      }
      hand.show();
      return;
    }
    const tray = root.querySelector(".tray")?.getBoundingClientRect();
    const basket = bar.querySelector("[data-act=tray]").getBoundingClientRect();
    const chip = document.elementFromPoint(x, y)?.closest(".room-links a[data-room]");
    if (chip && board.chosen !== chip.dataset.room) board.choose(chip.dataset.room);
    if (isIn(basket, x, y) || (isIn(tray, x, y) && !isIn(bar.getBoundingClientRect(), x, y))) {
      lift.start = null;
      drag.out = false;
    } else {
      const column = columnAt(x, y);
      drag.out = !column;
      if (column) {
        lift.room = column.dataset.room;
        lift.start = hand.clampStart(startAt(y - drag.grip));
      }
    }
    hand.show();
  };

  // Near an edge the board scrolls by itself, and where it does not, the page.
  const EDGE = 44;
  const pull = (at, low, high) => (at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0);
  const scroll = () => {
    if (!drag?.moving || !hand.lift) return;
    const box = scroller.getBoundingClientRect();
    const { top: barTop, bottom: barBottom } = bar.getBoundingClientRect();
    const isAbove = bar.classList.contains("is-above");
    const top = Math.max(box.top, isAbove ? barBottom : 0);
    const bottom = Math.min(box.bottom, isAbove ? innerHeight : barTop);
    const inside = drag.x > box.left && drag.x < box.right;
    const dy = inside ? Math.max(-14, Math.min(pull(drag.y, top, bottom) / 3, 14)) : 0;
    const dx = inside && drag.y > top && drag.y < bottom
      ? Math.max(-14, Math.min(pull(drag.x, box.left, box.right) / 3, 14)) : 0;
    if (dx || dy) {
      const before = scroller.scrollTop;
      scroller.scrollBy(dx, dy);
      if (dy && scroller.scrollTop === before) scrollBy(0, dy);
      follow();
    }
    requestAnimationFrame(scroll);
  };

  root.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-code]");
    if (!card || event.button || hand.lift) return;
    const handle = event.target.closest(".lift, .stretch");
    if (event.pointerType !== "mouse" && !handle) return;
    const box = card.getBoundingClientRect();
    const isPlaced = card.dataset.start !== undefined;
    drag = {
      card,
      id: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      fromX: event.clientX,
      fromY: event.clientY,
      grip: isPlaced ? event.clientY - box.top : 6,
      mode: handle?.classList.contains("stretch") ? "stretch" : "drag",
      moving: false,
    };
  });
  addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (!drag.moving) {
      if (Math.hypot(drag.x - drag.fromX, drag.y - drag.fromY) < 5) return;
      drag.moving = true;
      hand.begin(drag.card, drag.mode);
      // The bar keeps out of the way of the hand.
      bar.classList.toggle("is-above", drag.y > innerHeight / 2);
      getSelection()?.removeAllRanges();
      requestAnimationFrame(scroll);
    }
    event.preventDefault();
    follow();
  });
  addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { moving, out } = drag;
    drag = null;
    if (!moving) return;
    // The press that ends a drag opens no link.
    hand.justDragged = true;
    setTimeout(() => { hand.justDragged = false; }, 0);
    if (!hand.lift) return;
    if (out) hand.giveUp();
    else hand.send();
  });
  addEventListener("pointercancel", () => {
    const wasMoving = drag?.moving;
    drag = null;
    if (wasMoving && hand.lift) hand.giveUp();
  });
  // The browser's own dragging of links would take the pointer away.
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("click", (event) => {
    if (hand.justDragged) event.preventDefault();
  }, true);

  // While a card is lifted, a place that is pressed is where it would go.
  root.addEventListener("click", (event) => {
    const { lift } = hand;
    if (!lift || lift.mode !== "keys" || hand.justDragged || event.target.closest("a, button, .tray")) return;
    const found = columnAt(event.clientX, event.clientY);
    if (!found) return;
    lift.room = found.dataset.room;
    lift.start = hand.clampStart(startAt(event.clientY));
    hand.show();
  });
})();
