#!/usr/bin/python3
"""Writes every_metric/: rows of two models, and what each check of the quality gate must find in them.

    /usr/bin/python3 tests/gates/quality/reference/every_metric.py

Values are those of scikit-learn and scipy, of texts those of tests/gates/metrics/text/reference/make.py (which checks
BLEU and edit distances against NLTK), otherwise numpy's by the definition. A line of table.txt is: the set of rows, the
metric as it is asked for, the values of baseline and candidate; and where the rule has a closed form, the bounds of the
change at 95 % each. Needs python3-sklearn and python3-nltk. Everything is seeded.
"""
import importlib.util
import json
import pathlib

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics as sk

random = np.random.default_rng(20261128)
here = pathlib.Path(__file__).parent
folder = here / "every_metric"
table = []


def expect(rows, check, values, bounds=None):
    table.append(f"{rows} | {check} | {' '.join(repr(float(v)) for v in values)}"
                 + (f" | {bounds[0]!r} {bounds[1]!r}" if bounds else ""))


def write(name, models):
    for model, rows in zip(("baseline", "candidate"), models):
        (folder / f"{name}.{model}.jsonl").write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def t_bounds(before, now, size=None):
    """Of Σ(now − before)/Σsize by Student's t, with two units supposed at the largest distance."""
    size = np.ones(len(before)) if size is None else size
    change = now - before
    ratio = change.sum() / size.sum()
    residual = change - ratio * size
    units, farthest = len(change) + 2, np.abs(residual).max()
    error = np.sqrt(units / (units - 1) * ((residual**2).sum() + 2 * farthest**2)) / (size.sum() * units / len(change))
    half = stats.t.ppf(0.95, len(change) - 1) * error
    return float(ratio - half), float(ratio + half)


def rounded(values, digits=6):
    return [round(float(v), digits) for v in values]


def classes():
    names, count = ["cancel", "lost card", "refund", "退款"], 240
    labels = random.choice(4, count, p=[0.4, 0.3, 0.2, 0.1])
    models, probabilities, predictions = [], [], []
    for sharpness in (1.6, 1.4):
        logits = random.normal(size=(count, 4)) + sharpness * np.eye(4)[labels]
        p = np.round(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True), 6)
        p[:, 0] = np.round(1 - p[:, 1:].sum(axis=1), 6)
        probabilities.append(p)
        predictions.append(p.argmax(axis=1))
        models.append([{"id": i, "label": names[labels[i]], "prediction": names[p[i].argmax()],
                        "scores": dict(zip(names, rounded(p[i])))} for i in range(count)])
    write("classes", models)
    by = lambda function: [function(p) for p in predictions]
    zero = dict(zero_division=0)
    expect("classes", "accuracy", by(lambda p: sk.accuracy_score(labels, p)))
    expect("classes", "balanced_accuracy", by(lambda p: sk.balanced_accuracy_score(labels, p)))
    for name, function in (("recall", sk.recall_score), ("precision", sk.precision_score), ("f1", sk.f1_score)):
        for average in ("macro", "micro", "weighted"):
            expect("classes", f"{name}({average})", by(lambda p: function(labels, p, average=average, **zero)))
        expect("classes", f"{name}(refund)", by(lambda p: function(labels == 2, p == 2, **zero)))
        expect("classes", f"{name}:退款", by(lambda p: function(labels == 3, p == 3, **zero)))
    expect("classes", "matthews_correlation", by(lambda p: sk.matthews_corrcoef(labels, p)))
    expect("classes", "cohen_kappa", by(lambda p: sk.cohen_kappa_score(labels, p)))
    of = lambda function: [function(p) for p in probabilities]
    losses = of(lambda p: -np.log(p[np.arange(count), labels]))
    assert np.allclose([loss.mean() for loss in losses], of(lambda p: sk.log_loss(labels, p)), atol=1e-5)
    expect("classes", "log_loss", [loss.mean() for loss in losses], t_bounds(*losses))
    squares = of(lambda p: ((p - np.eye(4)[labels])**2).sum(axis=1))
    expect("classes", "brier", [s.mean() for s in squares], t_bounds(*squares))
    for k in (1, 2, 3):
        expect("classes", f"top@{k}", of(lambda p: sk.top_k_accuracy_score(labels, p, k=k)))
    for bins in (15, 10):
        expect("classes", "calibration_error" + ("" if bins == 15 else f" bins={bins}"),
               [calibration_error(p.max(axis=1), p.argmax(axis=1) == labels, bins) for p in probabilities])
    for k, name in ((0, "cancel"), (3, "退款")):
        expect("classes", f"roc_auc({name})", of(lambda p: sk.roc_auc_score(labels == k, p[:, k])))
        expect("classes", f"average_precision({name})", of(lambda p: sk.average_precision_score(labels == k, p[:, k])))
        expect("classes", f"log_loss({name})", of(lambda p: sk.log_loss(labels == k, p[:, k])))
        expect("classes", f"brier({name})", of(lambda p: sk.brier_score_loss(labels == k, p[:, k])))


def calibration_error(confidence, right, bins):
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    return sum(abs((confidence - right)[place == b].sum()) for b in range(bins)) / len(confidence)


def binary():
    count = 260
    labels = random.choice(2, count, p=[0.7, 0.3])
    scores = [np.round(1 / (1 + np.exp(-(random.normal(size=count) + shift * (2 * labels - 1)))), 4) for shift in (1.0, 0.9)]
    write("binary", [[{"id": i, "label": int(labels[i]), "prediction": int(s[i] >= 0.5), "score": float(s[i])}
                      for i in range(count)] for s in scores])
    of = lambda function: [function(s) for s in scores]
    expect("binary", "roc_auc", of(lambda s: sk.roc_auc_score(labels, s)))
    expect("binary", "average_precision", of(lambda s: sk.average_precision_score(labels, s)))

    def recall_at(s, at):
        precision, recall, _ = sk.precision_recall_curve(labels, s)
        return recall[:-1][precision[:-1] >= at].max(initial=0)

    def fpr_at(s, at):
        fpr, tpr, _ = sk.roc_curve(labels, s, drop_intermediate=False)
        return fpr[tpr >= at].min()

    expect("binary", "recall_at_precision at=0.8", of(lambda s: recall_at(s, 0.8)))
    expect("binary", "fpr_at_tpr at=0.9", of(lambda s: fpr_at(s, 0.9)))
    losses = of(lambda s: -np.log(np.where(labels == 1, s, 1 - s)))
    expect("binary", "log_loss", [sk.log_loss(labels, s) for s in scores], t_bounds(*losses))
    squares = of(lambda s: (s - labels)**2)
    expect("binary", "brier", of(lambda s: sk.brier_score_loss(labels, s)), t_bounds(*squares))
    expect("binary", "calibration_error", of(lambda s: calibration_error(np.maximum(s, 1 - s), (s >= 0.5) == labels, 15)))
    expect("binary", "f1", of(lambda s: sk.f1_score(labels, s >= 0.5)))


def numbers():
    count = 200
    target = np.round(random.normal(50, 20, count), 2)
    said = [np.round(target + random.normal(0, spread, count), 2) for spread in (5, 5.5)]
    helpful = [np.round(random.beta(4, 2, count), 3) for _ in said]
    refused = [random.choice(2, count, p=[0.9, 0.1]) for _ in said]
    write("numbers", [[{"id": f"row {i}", "label": float(target[i]), "prediction": float(s[i]),
                        "metrics": {"helpfulness": float(h[i]), "refused": int(r[i])}} for i in range(count)]
                      for s, h, r in zip(said, helpful, refused)])
    of = lambda function: [function(s) for s in said]
    expect("numbers", "mae", of(lambda s: sk.mean_absolute_error(target, s)), t_bounds(*of(lambda s: abs(s - target))))
    expect("numbers", "mse", of(lambda s: sk.mean_squared_error(target, s)), t_bounds(*of(lambda s: (s - target)**2)))
    expect("numbers", "rmse", of(lambda s: sk.mean_squared_error(target, s, squared=False)))
    expect("numbers", "mape", of(lambda s: sk.mean_absolute_percentage_error(target, s)))
    expect("numbers", "r2", of(lambda s: sk.r2_score(target, s)))
    expect("numbers", "spearman", of(lambda s: stats.spearmanr(target, s)[0]))
    expect("numbers", "mean(metrics.helpfulness) prefer=higher", [h.mean() for h in helpful], t_bounds(*helpful))
    expect("numbers", "mean(metrics.refused) prefer=lower", [r.mean() for r in refused])


def ranking():
    count, depth = 150, 12
    judged = random.choice(4, (count, depth), p=[0.6, 0.2, 0.1, 0.1])
    judged[:, 0] = 1 + judged[:, 0] % 3  # something relevant each
    orders = [np.argsort(-(judged + random.normal(0, noise, judged.shape)), axis=1) for noise in (1.0, 1.3)]
    ranked = [np.take_along_axis(judged, order, axis=1)[:, :10] for order in orders]
    write("ranking", [[{"id": i, "ranked": found[i].tolist(), "judged": judged[i].tolist()} for i in range(count)]
                      for found in ranked])

    def ndcg(found, k, gain):
        discount = 1 / np.log2(2 + np.arange(k))
        best = -np.sort(-gain(judged), axis=1)[:, :k]
        return (gain(found)[:, :k] * discount).sum(axis=1) / (best * discount).sum(axis=1)

    linear, exponential = (lambda r: r.astype(float)), (lambda r: 2.0**r - 1)
    # scikit-learn ranks by scores, ties apart: those that fall from place to place.
    places = -np.arange(10.0)[None, :].repeat(count, axis=0)
    for found in ranked:
        full = np.concatenate([found, np.zeros((count, 1))], axis=1)
        assert np.isfinite(sk.ndcg_score(full[:, :10], places, k=5))
    expect("ranking", "ndcg@5", [ndcg(f, 5, linear).mean() for f in ranked], t_bounds(*[ndcg(f, 5, linear) for f in ranked]))
    expect("ranking", "ndcg@10 gain_of=exponential", [ndcg(f, 10, exponential).mean() for f in ranked])
    first = [np.where((f > 0).any(axis=1), 1 / (1 + (f > 0).argmax(axis=1)), 0) for f in ranked]
    expect("ranking", "mrr", [r.mean() for r in first], t_bounds(*first))
    expect("ranking", "mrr@3", [np.where(r >= 1 / 3, r, 0).mean() for r in first])
    recall = [(f[:, :3] > 0).sum(axis=1) / (judged > 0).sum(axis=1) for f in ranked]
    expect("ranking", "recall@3", [r.mean() for r in recall], t_bounds(*recall))


def texts():
    spec = importlib.util.spec_from_file_location("texts", here / "../../metrics/text/reference/make.py")
    by = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(by)
    rows = [by.pair(pool, 12) for pool in ("english", "french", "chinese and english", "german") for _ in range(40)]
    rows = [(h, r) for h, r in rows if len("".join(r[0].split())) >= 4]
    references = [r[0] for _, r in rows]
    outputs = [[h for h, _ in rows], []]
    for h, r in rows:
        words = h.split()
        outputs[1].append(" ".join(words[:-1]) if by.seeded.random() < 0.3 and len(words) > 2 else h)
    write("texts", [[{"id": i, "output": o[i], "reference": references[i]} for i in range(len(rows))] for o in outputs])
    each = lambda function: [[function(h, [r]) for h, r in zip(o, references)] for o in outputs]
    mean = lambda values: [float(np.mean(v)) for v in values]
    expect("texts", "exact_match", mean(each(lambda h, r: h == r[0])))
    expect("texts", "exact_match normalise=trim+casefold",
           mean(each(lambda h, r: by.normalised(h, "trim+casefold") == by.normalised(r[0], "trim+casefold"))))
    f1 = each(lambda h, r: by.token_f1(h, r, "squad"))
    expect("texts", "token_f1", mean(f1), t_bounds(*map(np.array, f1)))
    for tokens in ("13a", "zh"):
        expect("texts", "bleu" + ("" if tokens == "13a" else f" tokens={tokens}"),
               [by.bleu_score(by.sums(counts)) for counts in each(lambda h, r: by.bleu_counts(h, r, tokens, False))])
    for order in (0, 2):
        expect("texts", "chrf" + (f" words={order}" if order else ""),
               [by.chrf_score(by.sums(counts)) for counts in each(lambda h, r: by.chrf_counts(h, r, order, False))])
    for name, order in (("rouge_l", 0), ("rouge_1", 1), ("rouge_2", 2)):
        values = each(lambda h, r: by.rouge(h, r, "characters", order))
        expect("texts", f"{name} tokens=characters", mean([[v[2] for v in model] for model in values]))
    for name, split in (("wer", by.words_of), ("cer", list)):
        counts = [np.array(c, float) for c in each(lambda h, r: by.errors(h, r[0], "trim", split))]
        expect("texts", name, [c[:, 0].sum() / c[:, 1].sum() for c in counts],
               t_bounds(counts[0][:, 0], counts[1][:, 0], counts[0][:, 1]))


def language():
    count = 120
    tokens = random.integers(20, 400, count)
    nll = [np.round(tokens * random.normal(rate, 0.2, count), 3) for rate in (2.10, 2.12)]
    size = tokens * 4 + random.integers(0, 9, count)
    write("language", [[{"id": i, "nll": float(n[i]), "tokens": int(tokens[i]), "bytes": int(size[i])} for i in range(count)]
                       for n in nll])
    low, high = t_bounds(*nll, tokens)
    expect("language", "perplexity", [np.exp(n.sum() / tokens.sum()) for n in nll],
           (100 * float(np.expm1(low)), 100 * float(np.expm1(high))))
    bits = [n / np.log(2) for n in nll]
    expect("language", "bits_per_byte", [b.sum() / size.sum() for b in bits], t_bounds(*bits, size))


def preference():
    count = 200
    won = [random.choice([0, 0.5, 1], count, p=[0.35, 0.2, 0.45]) for _ in range(2)]
    write("preference", [[{"id": i} for i in range(count)],
                         [{"id": i, "metrics": {"won_first": float(won[0][i]), "won_second": float(won[1][i])}}
                          for i in range(count)]])
    both = (won[0] + won[1]) / 2
    expect("preference", "win_rate", [0.5, both.mean()], t_bounds(np.full(count, 0.5), both))


folder.mkdir(exist_ok=True)
for part in (classes, binary, numbers, ranking, texts, language, preference):
    part()
(folder / "table.txt").write_text(
    f"# scikit-learn {sklearn.__version__}, numpy {np.__version__}; written by every_metric.py\n" + "\n".join(table) + "\n")
