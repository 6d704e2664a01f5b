/** A text that a wrong encoding would change: quotes, control characters, percent signs, and characters of one to four bytes. */
export const text = "100% of Zoë's 3 accounts, ¥5: “gone”?\r\n{a,b}\t\"\\\u0000 %41 + & 한국어 שלום 🙂";
