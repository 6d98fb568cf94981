/** Names made out of real ones by small changes: pieces of the grammar put in, characters dropped, parts of other names spliced in. */

const PIECES = `St Sa Ss S_ S0_ S1_ T_ T0_ TL0__ Ts Tn Ty Tt Tk Tp I E J X L Li1E Lb1E N K V r R O P F A3_ A_ M Dp Dt DT Do DO Dw Dv2_ Dk
  DK DB8_ DF16_ cv pl gt rs cl cp sr srN gs on dn il tl di dx dX fl fr fL fR fp_ fpT fL0p_ sZ sP sp nx tr tw nw na dl da pi qu ix dt pt ds
  pm mc so rq rQ Q W WP UlvE_ UlT_E_ Ut_ Ub_ B1x C1 D1 CI1 F H DC 1a 1bE Z _ v i c U1x Ua9enable_ifI u3fooI st sz at az ti te cc li v3 .x Y
  RE OE TV TI TC TA GV GR GI Th0_ Tv0_n8_ Tch0_h0_`
  .trim()
  .split(/\s+/);

/** `count` names of letters, digits, `_`, `.` and `$`, the same for the same seed. */
export function changedNames(symbols, count, seed) {
  const pool = symbols.filter((symbol) => symbol.length < 200);
  const random = randomOf(seed);
  const made = [];
  while (made.length < count) {
    let name = pool[random(pool.length)];
    for (let change = random(3); change >= 0; change--) name = changed(name, pool, random);
    if (/^_Z[\w.$]+$/.test(name)) made.push(name);
  }
  return made;
}

function changed(name, pool, random) {
  const at = 2 + random(Math.max(1, name.length - 2));
  const piece = PIECES[random(PIECES.length)];
  const drop = 1 + random(3);
  switch (random(5)) {
    case 0:
      return name.slice(0, at) + name.slice(at + drop);
    case 1:
      return name.slice(0, at) + piece + name.slice(at);
    case 2:
      return name.slice(0, at) + piece + name.slice(at + drop);
    case 3:
      return name.slice(0, at) + part(pool[random(pool.length)], random) + name.slice(at);
    default:
      return name.slice(0, at) + name[2 + random(Math.max(1, name.length - 2))] + name.slice(at + 1);
  }
}

function part(name, random) {
  const at = 2 + random(Math.max(1, name.length - 2));
  return name.slice(at, at + 2 + random(20));
}

/** Xorshift of 32 bits. */
function randomOf(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
