using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>
/// Asks the ledger about a partition, again and again until the database answers. A partition that cannot do so says it as one does whose batch
/// cannot be written: whether one or the other meets it first, the graph is away. Thread-safe.
/// </summary>
internal sealed class LedgerQuestions(GraphRetry retry, DatabaseHealth health, StreamSettings stream)
{
    /// <summary>Asks until there is an answer.</summary>
    /// <param name="partition">The partition that waits for the answer.</param>
    /// <param name="question">Asks once; it must not matter if it was done though it failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Extensions.FatalException">The database refuses for a reason that no repetition mends.</exception>
    public async Task<T> AskAsync<T>(int partition, Func<Task<T>> question, CancellationToken cancellationToken)
    {
        var answer = await retry.RunAsync(question, exception => Failed(partition, exception, cancellationToken), cancellationToken);
        health.Working(partition);
        return answer;
    }

    // A partition that is given up is none of this consumer's any more.
    private void Failed(int partition, Exception exception, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested && Neo4jTelemetry.ErrorType(exception) != GraphFailure.DeadlockCode)
            health.Failing(partition, BatchFailure.Explain(exception, stream.Graph));
    }
}
