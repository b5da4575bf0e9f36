#include <gmock/gmock.h>

#include "tests/gates/quality/contamination/origins.h"
#include "tests/schemas/fixtures/error_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class OriginsTest : public ::testing::Test, public OriginsOf {
 protected:
  Likeness of(const std::string& text, const std::vector<std::string>& training,
              const NearRule& rule = {}) const {
    return find({text}, training, rule).texts[0].in_training;
  }
};

TEST_F(OriginsTest, finds_the_same_text_and_the_first_line_with_it) {
  const Origins origins = find({"Where is my card?", "never seen"},
                               {"something else", "", "where is my card?", "WHERE is  my card?"});
  EXPECT_EQ(origins.texts[0].in_training, Likeness::exact);
  EXPECT_THAT(origins.places, ElementsAre("train.txt:3", ""));
  EXPECT_EQ(origins.texts[1].in_training, Likeness::none);
  EXPECT_EQ(origins.training_texts, 3);
}

TEST_F(OriginsTest, finds_texts_that_differ_in_a_word) {
  // 5 words have 4 pairs; a sixth word makes 5, of which 4 are shared: 80 %.
  EXPECT_EQ(of("is there a fee abroad", {"is there a fee abroad now"}), Likeness::similar);
  EXPECT_EQ(of("is there a fee", {"is there a fee abroad"}), Likeness::none);  // 3 of 4
  EXPECT_EQ(of("whats my balance", {"What's my balance?"}), Likeness::similar);
  NearRule strict;
  strict.similar = 0.81;
  EXPECT_EQ(of("is there a fee abroad", {"is there a fee abroad now"}, strict), Likeness::none);
  NearRule words;
  words.shingle = 1;
  EXPECT_EQ(of("is there a fee", {"is there a fee abroad"}, words), Likeness::similar);
  EXPECT_EQ(of("change to female voice", {"change voice to female"}, words), Likeness::similar);
}

TEST_F(OriginsTest, finds_a_text_inside_a_long_one) {
  const std::string question = "how many people live in the largest town of the smallest country";
  EXPECT_EQ(of(question, {"quiz one " + question + " answer two and so on for a very long time"}),
            Likeness::contained);
  // 12 words have 5 8-grams; 70 % are 3.5 of them.
  EXPECT_EQ(of(question, {"say how many people live in the largest town of the smallest planet we know of"}),
            Likeness::contained);
  EXPECT_EQ(of(question, {"say how many people live in the largest town of the wide world that we know of"}),
            Likeness::none);
  // In pieces, in two texts.
  EXPECT_EQ(
      of(question, {"well how many people live in the largest town of them",
                    "I mean the largest town of the smallest country", "live in the largest town of the"}),
      Likeness::none);
  EXPECT_EQ(of(question, {"well how many people live in the largest town of the",
                          "I say live in the largest town of the smallest country"}),
            Likeness::contained);
}

TEST_F(OriginsTest, the_surest_likeness_is_told) {
  const std::string text = "one two three four five six seven eight nine ten";
  const Origins origins = find({text}, {"so " + text + " and so on and on and on", text + " eleven", "x",
                                        "One two three four five six seven "
                                        "eight nine ten"});
  EXPECT_EQ(origins.texts[0].in_training, Likeness::exact);
  EXPECT_EQ(origins.places[0], "train.txt:4");
}

TEST_F(OriginsTest, finds_what_repeats_within_the_test_data) {
  const Origins origins =
      find({"is there a fee abroad", "no", "No", "is there a fee abroad now", "yes", "no"}, {"x"});
  std::vector<Likeness> repeats;
  for (const TextOrigin& origin : origins.texts) repeats.push_back(origin.repeats);
  EXPECT_THAT(repeats, ElementsAre(Likeness::similar, Likeness::exact, Likeness::exact, Likeness::similar,
                                   Likeness::none, Likeness::exact));
  std::vector<std::uint32_t> repeated;
  for (const TextOrigin& origin : origins.texts) repeated.push_back(origin.repeated);
  EXPECT_THAT(repeated, ElementsAre(3, 2, 1, 0, 0, 1));
}

TEST_F(OriginsTest, texts_without_a_word_are_the_same_or_nothing) {
  EXPECT_EQ(of("?", {"!"}), Likeness::none);
  EXPECT_EQ(of("?", {"?"}), Likeness::exact);
  EXPECT_EQ(of("", {"x"}), Likeness::none);
}

TEST_F(OriginsTest, reads_every_file_that_is_named_and_knows_where_each_text_stands) {
  const std::string rows = folder_.with("a.jsonl", "{\"input\": \"a b c\"}\n{\"input\": \"d\", \"n\": 1}\n");
  const std::string table = folder_.with("b.csv", "n,input\n1,e\n2,\"f,\ng\"\n3,h\n");
  folder_.with("parts/part-1.txt", "i\nj\n");
  folder_.with("parts/part-0.txt", "k\n");
  folder_.with("parts/_SUCCESS", "");
  const Origins origins =
      in_files({"d", "f, g", "h", "j", "k", "z"}, {rows, table, (folder_ / "parts").string()});
  EXPECT_THAT(origins.places,
              ElementsAre("a.jsonl:2", "b.csv:3", "b.csv:5", "part-1.txt:2", "part-0.txt:1", ""));
  EXPECT_EQ(origins.training_texts, 8);
}

TEST_F(OriginsTest, what_cannot_be_read_is_an_error_with_its_place) {
  const auto error = [&](const std::string& name, const std::string& text) {
    return error_of([&] { in_files({"a"}, {folder_.with(name, text)}); });
  };
  EXPECT_THAT(error("a.jsonl", "{\"input\": \"a\"}\n\n{\"text\": \"b\"}\n"),
              HasSubstr("a.jsonl:3: has no 'input'"));
  EXPECT_THAT(error("b.jsonl", "{\"input\": null}\n"), HasSubstr("b.jsonl:1: has no 'input'"));
  EXPECT_THAT(error("c.jsonl", "{\"input\": \"a\"}\n{\"input\"\n"),
              HasSubstr("c.jsonl:2: is not valid JSON"));
  EXPECT_THAT(error("d.csv", "id,inputs\n1,a\n"),
              HasSubstr("d.csv:1: has no column 'input'\n  Did you mean 'inputs'?"));
  EXPECT_THAT(error("e.csv", "id,text\n1,a\n"), HasSubstr("Its columns are id, text"));
  EXPECT_THAT(error("f.txt", "\n  \n"), HasSubstr("f.txt: has no texts"));
  EXPECT_THAT(error("g.jsonl", ""), HasSubstr("g.jsonl: has no texts"));
  error_of([&] { in_files({"a"}, {"/nonexistent"}); }, ErrorKind::infrastructure);
  folder_.with("unfinished/part-0", "{\"input\": \"a\"}\n");
  error_of([&] { in_files({"a"}, {(folder_ / "unfinished").string()}); }, ErrorKind::infrastructure);
}

}  // namespace
}  // namespace modelgate
