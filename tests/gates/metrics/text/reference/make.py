#!/usr/bin/python3
"""Writes table.jsonl: what gates/metrics/text must say of seeded texts.

    /usr/bin/python3 tests/gates/metrics/text/reference/make.py > tests/gates/metrics/text/reference/table.jsonl

Every metric is written here once more from its published definition, plainly and slowly: tables, Counters and
regular expressions of Python instead of bits and bytes. BLEU and edit distances are checked against NLTK as well.
Needs python3-nltk. A line is a case, NaN is null.
"""
import functools
import json
import math
import random
import re
import string
import sys
import unicodedata
from collections import Counter

from nltk.metrics.distance import edit_distance as nltk_edit_distance
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu as nltk_corpus_bleu

seeded = random.Random(20261125)

# ---------------------------------------------------------------- texts

ENGLISH = """the a an quick brown fox dog's don't U.S. 3.14 1,000 1,000.5 -5 5-6 x-1 well-known e.g. said: "yes" (no)
[maybe] price $5 100% and/or A&B &amp; &quot;quoted&quot; &lt;tag&gt; <skipped> end. end, wait... what?! hello world was
were bitten by man men over lazy jumps Jumping THE An a.b 3. .5 ,7 8, foo_bar C++ #tag @you ~x ^y `z` {w} |v| =""".split()
FRENCH = "L'été où ça naïve œuvre déjà-vu « guillemets » garçon élève à été Noël ÉCOLE façade".split()
GERMAN = "Straße STRASSE Größe Übung für Mädchen Fuß Füße Das Verhältnis nicht gerade freundlich.".split()
GREEK = "ΟΔΟΣ ΣΑΣ Σ σοφός ΣΟΦΌΣ ΑΣ. 'ΑΣ' Σ΄ Ὀδυσσεύς".split()
TURKISH = "İstanbul ISPARTA ıspanak İİ çağrı ŞEHİR".split()
ARABIC = "السلام عليكم ورحمة الله كِتَاب كتاب مُحَمَّد ، ؟ ١٢٣ اللغة العربية جميلة جدا".split()
HINDI = "नमस्ते दुनिया हिन्दी में क्षत्रिय १२३ ।".split()
CHINESE = list("我喜欢吃苹果和香蕉你好世界今天天气很好北京上海的是了不在有人这中国，。！？“”…") + ["BLEU", "3.5", "2024", "𠀀", "（", "）", "《", "豈"]
JAPANESE = list("これは日本語のテストです東京タワーへ行きます。、「」ーゞ々〇") + ["か\u3099", "ｶﾞ", "PC"]
EMOJI = ["😀", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "❤️", "☀", "✂", "1️⃣", "ok😀ok"]
MARKS = ["e\u0301te\u0301", "été", "a\u0301", "n\u0303andu", "q\u0323\u0307", "q\u0307\u0323", "A\u030a", "Å", "\u212b", "o\u0302\u0301",
         "ﬁn", "①", "Ｆｕｌｌ", "ｗｉｄｅ", "²", "K\u212a", "ſ", "ϐ", "ǅ"]
BLANKS = [" ", " ", " ", " ", "  ", "\t", "\u00a0", "\u3000", "\n", "\u2028", "\x1c", "-\n"]

POOLS = {"english": (ENGLISH, [" "]), "french": (FRENCH, [" "]), "german": (GERMAN, [" "]), "greek": (GREEK, [" "]),
         "turkish": (TURKISH, [" "]), "arabic": (ARABIC, [" "]), "hindi": (HINDI, [" "]), "chinese": (CHINESE, [""]),
         "japanese": (JAPANESE, [""]), "chinese and english": (CHINESE + ENGLISH, ["", " "]),
         "emoji": (EMOJI + ENGLISH, ["", " "]), "marks": (MARKS + FRENCH, [" ", ""]), "blanks": (ENGLISH + MARKS, BLANKS),
         "everything": (ENGLISH + FRENCH + GREEK + ARABIC + CHINESE + JAPANESE + EMOJI + MARKS, BLANKS)}


def join(words, blanks):
    return "".join(word + seeded.choice(blanks) for word in words)


def pair(pool, longest, references=1, empty=0.0):
    """A hypothesis and references that share some of its words in about its order."""
    words, blanks = POOLS[pool]
    base = [seeded.choice(words) for _ in range(seeded.randint(1, longest))]

    def variant(noise):
        result = []
        for word in base:
            dice = seeded.random()
            if dice < noise / 3:
                continue
            result.append(seeded.choice(words) if dice < 2 * noise / 3 else word)
            if dice > 1 - noise / 3:
                result.append(seeded.choice(words))
        return "" if seeded.random() < empty else join(result, blanks)

    return variant(seeded.choice([0, 0.2, 0.6])), [variant(seeded.choice([0.1, 0.4])) for _ in range(references)]


# ---------------------------------------------------------------- normalisation and words

def normalised(text, names):
    parts = set(names.split("+")) - {"none"}
    if "nfkc" in parts:
        text = unicodedata.normalize("NFKC", text)
    if "casefold" in parts:
        form = "NFKC" if "nfkc" in parts else "NFC"
        text = unicodedata.normalize(form, unicodedata.normalize("NFD", text).casefold())
        text = unicodedata.normalize(form, text.casefold()) if "nfkc" in parts else text
    if "punctuation" in parts:
        text = "".join(c for c in text if not unicodedata.category(c).startswith("P"))
    if "squad" in parts:
        text = "".join(c for c in text.lower() if c not in string.punctuation)
        text = " ".join(re.sub(r"\b(?:the|an?)\b", " ", text).split())
    if "trim" in parts:
        text = text.strip()
    return text


@functools.lru_cache(maxsize=None)
def unspaced(character):
    name = unicodedata.name(character, "")
    if name.startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "HALFWIDTH KATAKANA")):
        return True
    if name.startswith("KATAKANA") and name != "KATAKANA MIDDLE DOT":
        return True
    return name in ("IDEOGRAPHIC ITERATION MARK", "IDEOGRAPHIC NUMBER ZERO")


def words_of(text):
    result = []
    for part in text.split():
        run = []
        for character in part:
            mark = unicodedata.category(character).startswith("M")
            if unspaced(character) or not run or (unspaced(run[-1][0]) and not mark):
                run.append(character)
            else:
                run[-1] += character
        result += run
    return result


# ---------------------------------------------------------------- metrics

def ngrams(items, n):
    return Counter(tuple(items[i:i + n]) for i in range(len(items) - n + 1))


def rules_13a(text):
    text = re.sub(r"([ !-&(-+/:-@\[-`{-~])", r" \1 ", text)
    text = re.sub(r"([^0-9])([.,])", r"\1 \2 ", text)
    text = re.sub(r"([.,])([^0-9])", r" \1 \2", text)
    return re.sub(r"([0-9])-", r"\1 - ", text)


def zh_apart(character):
    """The ranges of sacrebleu's TokenizerZh, compared as Python compares strings: two of them are of two characters."""
    ranges = ["㐀䶵", "一龥", "龦龻", "\uf900\ufa2d", "\ufa30\ufa6a", "\ufa70\ufad9", "\uff00\uffef", "\u2e80\u2eff", "\u3000\u303f",
              "\u31c0\u31ef", "\u2f00\u2fdf", "\u2ff0\u2fff", "\u3100\u312f", "\u31a0\u31bf", "\ufe10\ufe1f", "\ufe30\ufe4f", "\u2600\u26ff",
              "\u2700\u27bf", "\u3200\u32ff", "\u3300\u33ff"]
    return (any(first <= character <= last for first, last in ranges) or
            "\u2000" + "0" <= character <= "\u2a6d" + "6" or "\u2f80" + "0" <= character <= "\u2fa1" + "d")


def bleu_words(text, tokens, lower):
    text = (text.lower() if lower else text).rstrip()
    if tokens == "13a":
        for what, by in (("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"),
                         ("&gt;", ">")):
            text = text.replace(what, by)
        text = rules_13a(" " + text + " ")
    elif tokens == "char":
        text = " ".join(text)
    elif tokens == "zh":
        text = rules_13a("".join(" " + c + " " if zh_apart(c) else c for c in text.strip()))
    return text.split()


def bleu_counts(hypothesis, references, tokens, lower):
    ours = bleu_words(hypothesis, tokens, lower)
    theirs = [bleu_words(reference, tokens, lower) for reference in references if reference]
    length = min((abs(len(ours) - len(words)), len(words)) for words in theirs)[1] if theirs else 0
    matches, totals = [], []
    for n in range(1, 5):
        mine, allowed = ngrams(ours, n), Counter()
        for words in theirs:
            allowed |= ngrams(words, n)
        matches.append(sum((mine & allowed).values()))
        totals.append(sum(mine.values()))
    return [len(ours), length] + matches + totals


def bleu_score(counts):
    hypothesis, reference, matches, totals = counts[0], counts[1], counts[2:6], counts[6:]
    if reference == 0:
        return math.nan
    if not any(matches) or not all(totals):
        return 0.0
    smoothing, product = 1, 1.0
    for match, total in zip(matches, totals):
        if match == 0:
            smoothing *= 2
        product *= (match or 1 / smoothing) / total
    return 100 * min(1, math.exp(1 - reference / hypothesis)) * product ** 0.25


def chrf_words(text):
    result = []
    for word in text.split():
        if len(word) > 1 and word[-1] in string.punctuation:
            result += [word[:-1], word[-1]]
        elif len(word) > 1 and word[0] in string.punctuation:
            result += [word[0], word[1:]]
        else:
            result.append(word)
    return result


def chrf_score(counts):
    orders = [counts[i:i + 3] for i in range(0, 24, 3)]
    used = [order for order in orders if order[0] and order[1]]
    if not used or not any(order[2] for order in used):
        return 0.0
    precision = sum(match / ours for ours, _, match in used) / len(used)
    recall = sum(match / theirs for _, theirs, match in used) / len(used)
    return 100 * 5 * precision * recall / (4 * precision + recall)


def chrf_counts(hypothesis, references, word_order, lower):
    best = None
    for reference in [text for text in references if text] or [""]:
        counts = []
        texts = [text.lower() if lower else text for text in (hypothesis, reference)]
        for split, most, used in ((lambda text: list("".join(text.split())), 6, 6), (chrf_words, 2, word_order)):
            ours, theirs = map(split, texts)
            for n in range(1, most + 1):
                mine, other = ngrams(ours, n), ngrams(theirs, n)
                found = [sum(mine.values()) if other else 0, sum(other.values()), sum((mine & other).values())]
                counts += found if n <= used else [0, 0, 0]
        if best is None or chrf_score(counts) > chrf_score(best):
            best = counts
    return best


def distance(first, second):
    row = list(range(len(second) + 1))
    for i, symbol in enumerate(first, 1):
        corner, row[0] = row[0], i
        for j, other in enumerate(second, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (symbol != other))
    return row[-1]


def common_subsequence(first, second):
    row = [0] * (len(second) + 1)
    for symbol in first:
        corner = 0
        for j, other in enumerate(second, 1):
            corner, row[j] = row[j], corner + 1 if symbol == other else max(row[j], row[j - 1])
    return row[-1]


def errors(hypothesis, reference, names, split):
    ours, theirs = (split(unicodedata.normalize("NFC", normalised(text, names))) for text in (hypothesis, reference))
    return [distance(ours, theirs), len(theirs)]


def token_f1(hypothesis, references, names):
    values = []
    for reference in references:
        ours, theirs = words_of(normalised(hypothesis, names)), words_of(normalised(reference, names))
        shared = sum((Counter(ours) & Counter(theirs)).values())
        values.append(float(ours == theirs) if not ours or not theirs else
                      0.0 if not shared else 2 / (len(ours) / shared + len(theirs) / shared))
    return max(values)


def rouge_words(text, tokens):
    if tokens == "ascii":
        return re.findall("[a-z0-9]+", text.lower())
    folded = normalised(text, "nfkc+casefold")
    if tokens == "characters":
        return [character for character in folded if not character.isspace()]
    return words_of("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded))


def rouge(hypothesis, references, tokens, order):
    best = [math.nan] * 3
    ours = rouge_words(hypothesis, tokens)
    for reference in references:
        theirs = rouge_words(reference, tokens)
        if order == 0:
            match, mine, other = common_subsequence(ours, theirs), len(ours), len(theirs)
        else:
            a, b = ngrams(ours, order), ngrams(theirs, order)
            match, mine, other = (sum(c.values()) for c in (a & b, a, b))
        if other == 0:
            continue
        precision, recall = match / max(mine, 1), match / other
        f_measure = 2 * precision * recall / (precision + recall) if match else 0.0
        if not best[2] >= f_measure:
            best = [precision, recall, f_measure]
    return best


# ---------------------------------------------------------------- the table

def show(value):
    if isinstance(value, float):
        return None if math.isnan(value) else value
    return [show(part) for part in value] if isinstance(value, list) else value


def case(metric, rows, expected, **options):
    print(json.dumps({"metric": metric, **options, "rows": [[h, r] for h, r in rows],
                      **{name: show(value) for name, value in expected.items()}}, ensure_ascii=False))


def sums(counts):
    return [sum(column) for column in zip(*counts)]


def check_bleu(rows, tokens, lower, score):
    """NLTK's corpus BLEU, where it is defined as ours is."""
    references = [[bleu_words(text, tokens, lower) for text in texts if text] for _, texts in rows]
    hypotheses = [bleu_words(text, tokens, lower) for text, _ in rows]
    if all(references) and all(len(words) >= 4 for words in hypotheses) and score > 0:
        theirs = 100 * nltk_corpus_bleu(references, hypotheses, smoothing_function=SmoothingFunction().method3)
        assert abs(theirs - score) < 1e-9, (theirs, score)


def corpus(count, longest, references, empty, pools=None):
    return [pair(seeded.choice(pools or list(POOLS)), longest, references, empty) for _ in range(count)]


def main():
    for pool in POOLS:
        for tokens in ("13a", "char", "zh", "none"):
            rows = corpus(seeded.randint(2, 5), 25, seeded.choice([1, 1, 3]), 0.03, [pool])
            lower = seeded.random() < 0.3
            counts = [bleu_counts(h, r, tokens, lower) for h, r in rows]
            score = bleu_score(sums(counts))
            check_bleu(rows, tokens, lower, score)
            case("bleu", rows, dict(counts=counts, score=score), tokens=tokens, lower_case=lower)
        for order in (0, 2):
            rows = corpus(seeded.randint(1, 4), 15, seeded.choice([1, 2]), 0.05, [pool])
            lower = seeded.random() < 0.3
            counts = [chrf_counts(h, r, order, lower) for h, r in rows]
            score = chrf_score(sums(counts)) if sum(c[1] for c in counts) else math.nan
            case("chrf", rows, dict(counts=counts, score=score), word_order=order, lower_case=lower)
        for metric, split in (("wer", words_of), ("cer", list)):
            for names in ("trim", "none", "nfkc+casefold+punctuation"):
                rows = corpus(seeded.randint(1, 4), 40, 1, 0.1, [pool])
                counts = [errors(h, r[0], names, split) for h, r in rows]
                for (h, r), row in zip(rows, counts):
                    ours, theirs = (split(unicodedata.normalize("NFC", normalised(t, names))) for t in (h, r[0]))
                    assert nltk_edit_distance(ours, theirs) == row[0]
                edits, length = sums(counts)
                case(metric, rows, dict(counts=counts, score=edits / length if length else math.nan), normalisation=names)
        for tokens in ("ascii", "words", "characters"):
            rows = corpus(3, 20, seeded.choice([1, 2]), 0.1, [pool])
            case("rouge", rows, {name: [rouge(h, r, tokens, order) for h, r in rows]
                                 for name, order in (("rouge_l", 0), ("rouge_1", 1), ("rouge_2", 2))}, tokens=tokens)
        for names in ("none", "trim", "casefold", "squad", "nfkc+casefold+trim", "punctuation+squad"):
            rows = corpus(3, 4, 2, 0.1, [pool])
            rows += [(seeded.choice(r).swapcase() if seeded.random() < 0.5 else " " + r[0] + "\n", r) for _, r in rows]
            case("match", rows, dict(normalised=[normalised(h, names) for h, _ in rows],
                                     exact=[normalised(h, names) in [normalised(t, names) for t in r] for h, r in rows],
                                     f1=[token_f1(h, r, names) for h, r in rows]), normalisation=names)
    tricky = list("ΣΣσςΑα'.:·’…-1 ǅßİıᾳᾼЖʰⅣⓐ한ﬁ①Ｆ") + ["\u0301", "\u0316", "\u0345", "\u00ad", "\u200d", "\u1100\u1161"]
    texts = ["".join(seeded.choices(tricky, k=seeded.randint(1, 12))) for _ in range(200)]
    folded = [unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold()) for text in texts]
    case("letters", [(text, []) for text in texts],
         dict(lower=[text.lower() for text in texts], composed=[unicodedata.normalize("NFC", text) for text in texts],
              compatible=[unicodedata.normalize("NFKC", text) for text in texts], folded=folded))
    print(f"Unicode {unicodedata.unidata_version}", file=sys.stderr)


if __name__ == "__main__":
    main()
