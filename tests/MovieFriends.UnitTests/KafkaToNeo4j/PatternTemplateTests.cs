using CsCheck;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Patterns;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class PatternTemplateTests
{
    private const string Rented = "(:User{!userId})-[:RENTED{at}]->(:Movie{!movieId, title})";

    private static readonly string[] s_rentalProperties = ["userId", "movieId", "title", "at", "price"];

    // What can be in a name, and what could end its quotes if it were not doubled.
    private static readonly Gen<string> s_name = Gen.Char["abzAZ_09 `'\"{}()[]:,.-><!*$/é日"].Array[1, 12].Select(characters => new string(characters));

    [Theory]
    [InlineData("(:User{!userId, name})", "MERGE (n:User {userId: row.userId})", "SET n.name = row.name")]
    [InlineData("(:User{!userId, name, age})", "MERGE (n:User {userId: row.userId})", "SET n.name = row.name, n.age = row.age")]
    [InlineData("( : User { ! userId ,\n name } )", "MERGE (n:User {userId: row.userId})", "SET n.name = row.name")]
    [InlineData("(:User{!userId})", "MERGE (n:User {userId: row.userId})", "SET n += row")]
    [InlineData("(:User{!userId, *})", "MERGE (n:User {userId: row.userId})", "SET n += row")]
    [InlineData("(:User{*, !userId})", "MERGE (n:User {userId: row.userId})", "SET n += row")]
    [InlineData("(:User{!userId, -name})", "MERGE (n:User {userId: row.userId})", "SET n += row {.*, name: n.name}")]
    [InlineData("(:User{!userId, *, -name, -age})", "MERGE (n:User {userId: row.userId})", "SET n += row {.*, name: n.name, age: n.age}")]
    [InlineData("(:User{!userId, fullName: name})", "MERGE (n:User {userId: row.userId})", "SET n.fullName = row.name")]
    [InlineData("(:User{!userId, *, fullName: name})", "MERGE (n:User {userId: row.userId})", "SET n += row, n.fullName = row.name")]
    [InlineData("(:User{!id: userId, name})", "MERGE (n:User {id: row.userId})", "SET n.name = row.name")]
    [InlineData("(:User{!id: userId})", "MERGE (n:User {id: row.userId})", "SET n += row {.*, id: n.id, userId: n.userId}")]
    [InlineData("(:User{!userId, city: address.city})", "MERGE (n:User {userId: row.userId})", "SET n.city = row.address.city")]
    [InlineData("(:User{!userId, address.city})", "MERGE (n:User {userId: row.userId})", "SET n.`address.city` = row.address.city")]
    [InlineData("(:User{!userId, *, city: address.city})", "MERGE (n:User {userId: row.userId})", "SET n += row {.*, address: n.address}, n.city = row.address.city")]
    [InlineData("(:User{!userId: __value.id, name: __value.name.first})", "MERGE (n:User {userId: row.id})", "SET n.name = row.name.first")]
    [InlineData("(:User{!userId, __value.name})", "MERGE (n:User {userId: row.userId})", "SET n.name = row.name")]
    [InlineData("(:User{!userId, data: `__key`})", "MERGE (n:User {userId: row.userId})", "SET n.data = row.__key")]
    [InlineData("(:City{!name, !country, people})", "MERGE (n:City {name: row.name, country: row.country})", "SET n.people = row.people")]
    [InlineData("(:User:Customer:Adult{!userId, name})", "MERGE (n:User {userId: row.userId})", "SET n:Customer:Adult, n.name = row.name")]
    [InlineData("(:Not{!null, name})", "MERGE (n:`Not` {`null`: row.`null`})", "SET n.name = row.name")]
    [InlineData("(:User:User{!userId, name})", "MERGE (n:User {userId: row.userId})", "SET n.name = row.name")]
    public void A_pattern_of_a_node_merges_by_its_keys_and_sets_the_rest(string pattern, params string[] lines) =>
        Assert.Equal(Statement(lines), PatternTemplate.Parse(pattern).Cypher);

    [Theory]
    [InlineData(Rented, "SET target.title = row.title", "SET r.at = row.at")]
    [InlineData("(:Movie{!movieId, title})<-[:RENTED{at}]-(:User{!userId})", "SET target.title = row.title", "SET r.at = row.at")]
    [InlineData("(:User{!userId})-[:RENTED]->(:Movie{!movieId})", "SET r += row {.*, userId: r.userId, movieId: r.movieId}")]
    [InlineData("(:User{!userId})-[:RENTED{}]->(:Movie{!movieId})", "SET r += row {.*, userId: r.userId, movieId: r.movieId}")]
    [InlineData("(:User{!userId}) - [ :RENTED {*} ] - > (:Movie{!movieId})", "SET r += row {.*, userId: r.userId, movieId: r.movieId}")]
    [InlineData("(:User{!userId})-[:RENTED{-price}]->(:Movie{!movieId, title})", "SET target.title = row.title", "SET r += row {.*, price: r.price, userId: r.userId, movieId: r.movieId, title: r.title}")]
    [InlineData("(:User:Customer{!userId})-[:RENTED{at}]->(:Movie{!movieId})", "SET source:Customer", "SET r.at = row.at")]
    public void A_pattern_of_a_relationship_merges_both_nodes_and_it(string pattern, params string[] lines) => Assert.Equal(
        Statement(["MERGE (source:User {userId: row.userId})", "MERGE (target:Movie {movieId: row.movieId})", "MERGE (source)-[r:RENTED]->(target)", .. lines]),
        PatternTemplate.Parse(pattern).Cypher);

    [Fact]
    public void Keys_of_a_relationship_tell_several_between_the_same_nodes_apart() => Assert.Equal(
        Statement(
            "MERGE (source:User {userId: row.userId})",
            "MERGE (target:User {userId: row.friendId})",
            "MERGE (source)-[r:PAID {paymentId: row.id}]->(target)",
            "SET r.amount = row.amount"),
        PatternTemplate.Parse("(:User{!userId})-[:PAID{!paymentId: id, amount}]->(:User{!userId: friendId})").Cypher);

    [Theory]
    [InlineData("(:User{!userId})", "MERGE (n:User {userId: row.userId})", "SET n.movieId = row.movieId, n.title = row.title, n.at = row.at, n.price = row.price")]
    [InlineData("(:User{!userId, -at, -price})", "MERGE (n:User {userId: row.userId})", "SET n.movieId = row.movieId, n.title = row.title")]
    [InlineData("(:User{!title: userId, -at})", "MERGE (n:User {title: row.userId})", "SET n.movieId = row.movieId, n.price = row.price")]
    [InlineData("(:User{!userId, *, price: at, -title})", "MERGE (n:User {userId: row.userId})", "SET n.movieId = row.movieId, n.at = row.at, n.price = row.at")]
    [InlineData("(:User{!userId, at})", "MERGE (n:User {userId: row.userId})", "SET n.at = row.at")]
    [InlineData(
        "(:User{!userId})-[:RENTED]->(:Movie{!movieId, title})",
        "MERGE (source:User {userId: row.userId})",
        "MERGE (target:Movie {movieId: row.movieId})",
        "MERGE (source)-[r:RENTED]->(target)",
        "SET target.title = row.title",
        "SET r.at = row.at, r.price = row.price")]
    public void All_properties_are_named_where_they_are_known(string pattern, params string[] lines) =>
        Assert.Equal(Statement(lines), PatternTemplate.Parse(pattern, s_rentalProperties).Cypher);

    [Theory]
    [InlineData("(:User{!userId, name})", "MATCH (n:User {userId: row.userId})", "DETACH DELETE n")]
    [InlineData("(:User:Customer{!userId})", "MATCH (n:User {userId: row.userId})", "DETACH DELETE n")]
    [InlineData(Rented, "MATCH (source:User {userId: row.userId})", "MATCH (target:Movie {movieId: row.movieId})", "MATCH (source)-[r:RENTED]->(target)", "DELETE r")]
    [InlineData(
        "(:User{!userId})<-[:PAID{!id}]-(:User{!userId: friendId})",
        "MATCH (source:User {userId: row.friendId})",
        "MATCH (target:User {userId: row.userId})",
        "MATCH (source)-[r:PAID {id: row.id}]->(target)",
        "DELETE r")]
    public void Rows_of_keys_delete_what_they_stand_for(string pattern, params string[] lines) =>
        Assert.Equal(Statement(lines), PatternTemplate.Parse(pattern).DeleteCypher);

    [Theory]
    [InlineData("(:User{!id: userId, name})", "User.id")]
    [InlineData("(:User:Customer{!userId})", "User.userId")]
    [InlineData(Rented, "User.userId", "Movie.movieId")]
    [InlineData("(:User{!userId})-[:KNOWS]->(:User{!userId: friendId})", "User.userId")]
    [InlineData("(:User{!userId})-[:PAID{!paymentId}]->(:User{!userId: friendId})", "User.userId")]
    [InlineData("(:`Old User`{!`user id`})", "Old User.user id")]
    [InlineData("(:City{!name, !country})")]
    public void Each_node_needs_its_key_to_be_unique(string pattern, params string[] keys) =>
        Assert.Equal(keys, PatternTemplate.Parse(pattern).Keys.Select(key => $"{key.Label}.{key.Property}"));

    [Fact]
    public void A_key_of_several_properties_is_unique_only_as_a_whole()
    {
        var template = PatternTemplate.Parse("(:User{!userId})-[:LIVES_IN{since}]->(:City{!name: city, !country})");

        Assert.Equal([("User", "userId")], template.Keys);
        var (label, properties) = Assert.Single(template.CompositeKeys);
        Assert.Equal("City", label);
        Assert.Equal(["name", "country"], properties);
    }

    [Theory]
    [InlineData("(:User{!id: userId, name})", "userId", "name")]
    [InlineData("(:User{!userId, *, -name})", "userId")]
    [InlineData("(:User{!userId, city: address.city, street: address.street})", "userId", "address")]
    [InlineData("(:Movie{!movieId, title})<-[:RENTED{at}]-(:User{!userId, at})", "movieId", "title", "at", "userId")]
    public void The_properties_that_are_read_are_known(string pattern, params string[] properties) =>
        Assert.Equal(properties, PatternTemplate.Parse(pattern).Properties);

    [Fact]
    public void All_properties_are_read_where_they_are_known() =>
        Assert.Equal(["userId", "movieId", "at", "price"], PatternTemplate.Parse("(:User{!userId, -title})", s_rentalProperties).Properties);

    [Theory]
    [InlineData("", 1, "expected \"(\", found the end")]
    [InlineData("User{!userId}", 1, "expected \"(\", found \"U\"")]
    [InlineData("(User{!userId})", 2, "expected \":\", found \"U\"")]
    [InlineData("(u:User{!userId})", 2, "expected \":\", found \"u\"")]
    [InlineData("({!userId})", 2, "expected \":\", found \"{\"")]
    [InlineData("(:{!userId})", 3, "expected a label, found \"{\"")]
    [InlineData("(:1User{!userId})", 3, "expected a label, found \"1\"")]
    [InlineData("(:User)", 7, "expected \"{\" and the node's key, found \")\"")]
    [InlineData("(:My.User{!userId})", 5, "expected \"{\" and the node's key, found \".\"")]
    [InlineData("(:User{})", 7, "the node User has no key, a property with ! before its name")]
    [InlineData("(:User{userId})", 7, "the node User has no key, a property with ! before its name")]
    [InlineData("(:User{!})", 9, "expected a key, found \"}\"")]
    [InlineData("(:User{!userId,})", 16, "expected a property, !key, -excluded or *, found \"}\"")]
    [InlineData("(:User{!userId name})", 16, "expected \",\" or \"}\", found \"n\"")]
    [InlineData("(:User{!userId, name: })", 23, "expected the row's property, found \"}\"")]
    [InlineData("(:User{!userId, address.})", 25, "expected a nested property, found \"}\"")]
    [InlineData("(:User{!userId, -})", 18, "expected the property that is excluded, found \"}\"")]
    [InlineData("(:User{!userId, -name: fullName})", 22, "expected \",\" or \"}\", because a property is excluded as a whole, found \":\"")]
    [InlineData("(:User{!userId, -address.city})", 25, "expected \",\" or \"}\", because a property is excluded as a whole, found \".\"")]
    [InlineData("(:User{!userId, name, -age})", 24, "age is excluded, but only the properties that are named are taken anyway; name some or exclude some")]
    [InlineData("(:User{!userId, name, userId})", 23, "userId is there a second time; name each property once")]
    [InlineData("(:User{!id: userId, id})", 21, "id is there a second time; name each property once")]
    [InlineData("(:User{!userId: __key.id})", 17, "__key.id is no property of a row, which has those of the message's value, by their names")]
    [InlineData("(:User{!userId, by: __header.user})", 21, "__header.user is no property of a row, which has those of the message's value, by their names")]
    [InlineData("(:User{!userId, at: __timestamp})", 21, "__timestamp is no property of a row, which has those of the message's value, by their names")]
    [InlineData("(:User{!userId, all: __value})", 22, "__value is no property of a row, which has those of the message's value, by their names")]
    [InlineData("(:User{!userId}", 16, "expected \")\", found the end")]
    [InlineData("(:User{!userId", 15, "expected \",\" or \"}\", found the end")]
    [InlineData("(:User{!userId}))", 17, "expected a relationship or the end, found \")\"")]
    [InlineData("(:User{!userId}), (:Movie{!movieId})", 17, "expected a relationship or the end, found \",\"")]
    [InlineData("(:User{!userId})-->(:Movie{!movieId})", 18, "expected \"[\", found \"-\"")]
    [InlineData("(:User{!userId})-[]->(:Movie{!movieId})", 19, "expected \":\", found \"]\"")]
    [InlineData("(:User{!userId})-[RENTED]->(:Movie{!movieId})", 19, "expected \":\", found \"R\"")]
    [InlineData("(:User{!userId})-[:]->(:Movie{!movieId})", 20, "expected the relationship's type, found \"]\"")]
    [InlineData("(:User{!userId})-[:RENTED|SOLD]->(:Movie{!movieId})", 26, "expected \"]\", found \"|\"")]
    [InlineData("(:User{!userId})-[:RENTED]-(:Movie{!movieId})", 28, "a relationship needs one direction, written -[ ]-> or <-[ ]-")]
    [InlineData("(:User{!userId})<-[:RENTED]->(:Movie{!movieId})", 29, "a relationship needs one direction, written -[ ]-> or <-[ ]-")]
    [InlineData("(:User{!userId})-[:RENTED]->(:Movie{title})", 36, "the node Movie has no key, a property with ! before its name")]
    [InlineData("(:User{!userId, *})-[:RENTED]->(:Movie{!movieId})", 1, "the node User of a relationship takes only properties that are named, neither * nor -excluded")]
    [InlineData("(:User{!userId})-[:RENTED]->(:Movie{!movieId, -at})", 29, "the node Movie of a relationship takes only properties that are named, neither * nor -excluded")]
    [InlineData("(:A{!a})-[:B]->(:C{!c})-[:D]->(:E{!e})", 24, "expected the end, because a pattern has at most one relationship, found \"-\"")]
    [InlineData("(:User{!`userId})", 9, "the name that begins with a backtick has none at its end")]
    [InlineData("(:User{!``})", 9, "a name needs at least one character, and can have neither a backslash nor a control character")]
    [InlineData("(:`User\\u0060`{!userId})", 3, "a name needs at least one character, and can have neither a backslash nor a control character")]
    [InlineData("(:`User\n`{!userId})", 3, "a name needs at least one character, and can have neither a backslash nor a control character")]
    public void A_wrong_pattern_is_refused_with_the_position_and_what_was_expected(string pattern, int position, string problem)
    {
        var message = Assert.Throws<FormatException>(() => PatternTemplate.Parse(pattern)).Message;

        Assert.StartsWith($"The pattern {pattern} is wrong at position {position}: {problem}, as in (:User{{!userId", message, StringComparison.Ordinal);
        Assert.EndsWith(").", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PatternError.Node)]
    [InlineData(PatternError.Relationship)]
    public void The_examples_in_messages_are_right(string example) => Assert.NotEmpty(PatternTemplate.Parse(example).Keys);

    [Theory]
    [InlineData("(:User{!userid})", 9, "userid")]
    [InlineData("(:User{!userId, name: fullName.first})", 17, "fullName")]
    [InlineData("(:User{!userId, -adress})", 18, "adress")]
    [InlineData("(:User{!userId})-[:RENTED{At}]->(:Movie{!movieId})", 27, "At")]
    public void A_property_that_rows_do_not_have_is_refused_where_theirs_are_known(string pattern, int position, string property) => Assert.Equal(
        $"The pattern {pattern} is wrong at position {position}: a row has no property {property}; name one of userId, movieId, title, at, price, as in (:User{{!userId, name}}).",
        Assert.Throws<FormatException>(() => PatternTemplate.Parse(pattern, s_rentalProperties)).Message);

    [Fact]
    public void Any_name_can_be_written_in_backticks_and_stays_one_name() => Gen.Select(s_name, s_name, s_name).Sample((label, key, type) =>
    {
        var template = PatternTemplate.Parse($"(:{Backticks(label)}{{!{Backticks(key)}}})-[:{Backticks(type)}{{since}}]->(:Movie{{!movieId}})");

        return template.Keys[0] == (label, key)
            && template.Cypher == Statement(
                $"MERGE (source:{CypherName.Quote(label)} {{{CypherName.Quote(key)}: row.{CypherName.Quote(key)}}})",
                "MERGE (target:Movie {movieId: row.movieId})",
                $"MERGE (source)-[r:{CypherName.Quote(type)}]->(target)",
                "SET r.since = row.since");
    });

    [Fact]
    public void A_quoted_name_ends_where_it_should() => s_name.Sample(name =>
    {
        var quoted = CypherName.Quote(name);
        return quoted == name
            ? name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
            : quoted[0] == '`' && quoted[^1] == '`' && !quoted[1..^1].Replace("``", "", StringComparison.Ordinal).Contains('`');
    });

    [Fact]
    public void A_text_that_is_no_pattern_is_refused_and_never_breaks_the_parser() =>
        Gen.Char["(:A{!b,*-c.d})<-[:E]->` \n__value\\é1"].Array[0, 40].Select(characters => new string(characters)).Sample(text =>
        {
            try
            {
                var template = PatternTemplate.Parse(text);
                return template.Keys.Count + template.CompositeKeys.Count > 0;
            }
            catch (FormatException exception)
            {
                return exception.Message.EndsWith('.');
            }
        });

    [Fact]
    public void A_pattern_that_is_cut_off_is_refused_where_it_ends()
    {
        for (var length = 0; length < Rented.Length; length++)
        {
            var part = Rented[..length];
            if (length == "(:User{!userId})".Length)
                continue;
            var message = Assert.Throws<FormatException>(() => PatternTemplate.Parse(part)).Message;
            Assert.Contains(length == Rented.IndexOf('>', StringComparison.Ordinal) ? "one direction" : "found the end", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Patterns_of_the_same_statement_are_equal()
    {
        Assert.Equal(PatternTemplate.Parse("(:User{!userId})"), PatternTemplate.Parse("( :User { !userId, * } )"));
        Assert.NotEqual(PatternTemplate.Parse("(:User{!userId})"), PatternTemplate.Parse("(:User{!userId, name})"));
        Assert.Equal(PatternTemplate.Parse(Rented).Cypher, PatternTemplate.Parse(Rented).ToString());
    }

    private static string Statement(params string[] lines) => string.Join('\n', ["UNWIND $rows AS row", .. lines]);

    private static string Backticks(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
