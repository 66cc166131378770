namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>An application's writer, whatever the rows are.</summary>
internal abstract class RowWriter
{
    public abstract bool WritesAhead { get; }

    public abstract Task<WriteResult> InsertAsync(OpenTransaction transaction, IRowSet rows);

    public abstract Task<WriteResult> UpsertAsync(OpenTransaction transaction, IRowSet rows);

    public abstract Task<WriteResult> CompleteAsync(OpenTransaction transaction, IRowSet rows, WriteResult written, IBatchMessages messages);

    public abstract Task WarmUpAsync(OpenTransaction transaction);

    public static RowWriter Of<TRows>(IRowWriter<TRows> writer)
        where TRows : IRowSet => new Typed<TRows>(writer);

    private sealed class Typed<TRows>(IRowWriter<TRows> writer) : RowWriter
        where TRows : IRowSet
    {
        public override bool WritesAhead => writer.WritesAhead;

        public override Task<WriteResult> InsertAsync(OpenTransaction transaction, IRowSet rows) => writer.InsertAsync(transaction.Runner, (TRows)rows);

        public override Task<WriteResult> UpsertAsync(OpenTransaction transaction, IRowSet rows) => writer.UpsertAsync(transaction.Runner, (TRows)rows);

        public override Task<WriteResult> CompleteAsync(OpenTransaction transaction, IRowSet rows, WriteResult written, IBatchMessages messages) =>
            writer.CompleteAsync(transaction.Runner, (TRows)rows, written, messages);

        public override Task WarmUpAsync(OpenTransaction transaction) => writer.WarmUpAsync(transaction.Runner);
    }
}
